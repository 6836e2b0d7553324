-- Councils: who sits in them, their sessions act by act, who cast a secret ballot, and the ballots. Only added to.
-- A pair, because the engines write triggers in different languages, and because SQLite numbers
-- rows as they come unless a table is told not to.

CREATE TABLE council (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    unit TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT,
    origin TEXT NOT NULL,
    low BIGINT,
    low_scale BIGINT,
    high BIGINT,
    high_scale BIGINT,
    source TEXT NOT NULL,
    composed_by TEXT NOT NULL,
    composed_at TEXT NOT NULL,
    CONSTRAINT council_pk PRIMARY KEY (tenant, id),
    CONSTRAINT council_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX council_unit_ix ON council (tenant, unit);

CREATE TABLE council_act (
    tenant TEXT NOT NULL,
    council TEXT NOT NULL,
    number BIGINT NOT NULL,
    record TEXT NOT NULL,
    CONSTRAINT council_act_pk PRIMARY KEY (tenant, council, number),
    CONSTRAINT council_act_council_fk FOREIGN KEY (tenant, council) REFERENCES council (tenant, id)
);

CREATE TABLE council_session (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    council TEXT NOT NULL,
    held_on TEXT NOT NULL,
    place TEXT NOT NULL,
    origin TEXT NOT NULL,
    low BIGINT,
    low_scale BIGINT,
    high BIGINT,
    high_scale BIGINT,
    source TEXT NOT NULL,
    called_by TEXT NOT NULL,
    called_at TEXT NOT NULL,
    CONSTRAINT council_session_pk PRIMARY KEY (tenant, id),
    CONSTRAINT council_session_council_fk FOREIGN KEY (tenant, council) REFERENCES council (tenant, id)
);

CREATE INDEX council_session_council_ix ON council_session (tenant, council);

CREATE TABLE council_session_act (
    tenant TEXT NOT NULL,
    session TEXT NOT NULL,
    number BIGINT NOT NULL,
    record TEXT NOT NULL,
    CONSTRAINT council_session_act_pk PRIMARY KEY (tenant, session, number),
    CONSTRAINT council_session_act_session_fk FOREIGN KEY (tenant, session) REFERENCES council_session (tenant, id)
);

-- Who cast a secret ballot: without a time, and without anything of the ballot.
CREATE TABLE council_voter (
    tenant TEXT NOT NULL,
    session TEXT NOT NULL,
    question BIGINT NOT NULL,
    seat BIGINT NOT NULL,
    CONSTRAINT council_voter_pk PRIMARY KEY (tenant, session, question, seat),
    CONSTRAINT council_voter_session_fk FOREIGN KEY (tenant, session) REFERENCES council_session (tenant, id)
) WITHOUT ROWID;

-- The ballots of a secret vote: written all at once when it is closed, in the order of their random codes.
CREATE TABLE council_ballot (
    tenant TEXT NOT NULL,
    session TEXT NOT NULL,
    question BIGINT NOT NULL,
    code TEXT NOT NULL,
    choice TEXT NOT NULL,
    CONSTRAINT council_ballot_pk PRIMARY KEY (tenant, session, question, code),
    CONSTRAINT council_ballot_session_fk FOREIGN KEY (tenant, session) REFERENCES council_session (tenant, id),
    CONSTRAINT council_ballot_choice_ck CHECK (choice IN ('agree', 'disagree', 'blank'))
) WITHOUT ROWID;

CREATE TRIGGER council_no_update BEFORE UPDATE ON council
BEGIN
    SELECT RAISE(ABORT, 'council is append-only');
END;

CREATE TRIGGER council_no_delete BEFORE DELETE ON council
BEGIN
    SELECT RAISE(ABORT, 'council is append-only');
END;

CREATE TRIGGER council_act_no_update BEFORE UPDATE ON council_act
BEGIN
    SELECT RAISE(ABORT, 'council_act is append-only');
END;

CREATE TRIGGER council_act_no_delete BEFORE DELETE ON council_act
BEGIN
    SELECT RAISE(ABORT, 'council_act is append-only');
END;

CREATE TRIGGER council_session_no_update BEFORE UPDATE ON council_session
BEGIN
    SELECT RAISE(ABORT, 'council_session is append-only');
END;

CREATE TRIGGER council_session_no_delete BEFORE DELETE ON council_session
BEGIN
    SELECT RAISE(ABORT, 'council_session is append-only');
END;

CREATE TRIGGER council_session_act_no_update BEFORE UPDATE ON council_session_act
BEGIN
    SELECT RAISE(ABORT, 'council_session_act is append-only');
END;

CREATE TRIGGER council_session_act_no_delete BEFORE DELETE ON council_session_act
BEGIN
    SELECT RAISE(ABORT, 'council_session_act is append-only');
END;

CREATE TRIGGER council_voter_no_update BEFORE UPDATE ON council_voter
BEGIN
    SELECT RAISE(ABORT, 'council_voter is append-only');
END;

CREATE TRIGGER council_voter_no_delete BEFORE DELETE ON council_voter
BEGIN
    SELECT RAISE(ABORT, 'council_voter is append-only');
END;

CREATE TRIGGER council_ballot_no_update BEFORE UPDATE ON council_ballot
BEGIN
    SELECT RAISE(ABORT, 'council_ballot is append-only');
END;

CREATE TRIGGER council_ballot_no_delete BEFORE DELETE ON council_ballot
BEGIN
    SELECT RAISE(ABORT, 'council_ballot is append-only');
END;
