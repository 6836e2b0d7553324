-- Dossiers: rounds, lists, nominees with what happened to each, the judgement frozen when one was sent, reports, papers,
-- stops, and consultations, notices, objections. Only added to. A pair, because the engines write triggers in different languages.

CREATE TABLE award_round (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    unit TEXT NOT NULL,
    year BIGINT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    opens_on TEXT NOT NULL,
    closes_on TEXT NOT NULL,
    origin TEXT NOT NULL,
    low BIGINT,
    low_scale BIGINT,
    high BIGINT,
    high_scale BIGINT,
    source TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    CONSTRAINT award_round_pk PRIMARY KEY (tenant, id),
    CONSTRAINT award_round_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX award_round_unit_ix ON award_round (tenant, unit);

CREATE TABLE dossier_batch (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    round TEXT NOT NULL,
    unit TEXT NOT NULL,
    title TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    CONSTRAINT dossier_batch_pk PRIMARY KEY (tenant, id),
    CONSTRAINT dossier_batch_round_fk FOREIGN KEY (tenant, round) REFERENCES award_round (tenant, id),
    CONSTRAINT dossier_batch_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX dossier_batch_round_ix ON dossier_batch (tenant, round);
CREATE INDEX dossier_batch_unit_ix ON dossier_batch (tenant, unit);

CREATE TABLE dossier (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    round TEXT NOT NULL,
    batch TEXT,
    unit TEXT NOT NULL,
    subject TEXT NOT NULL,
    honour TEXT NOT NULL,
    year BIGINT NOT NULL,
    achievement TEXT NOT NULL,
    origin TEXT NOT NULL,
    low BIGINT,
    low_scale BIGINT,
    high BIGINT,
    high_scale BIGINT,
    source TEXT NOT NULL,
    CONSTRAINT dossier_pk PRIMARY KEY (tenant, id),
    CONSTRAINT dossier_round_fk FOREIGN KEY (tenant, round) REFERENCES award_round (tenant, id),
    CONSTRAINT dossier_batch_fk FOREIGN KEY (tenant, batch) REFERENCES dossier_batch (tenant, id),
    CONSTRAINT dossier_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id),
    CONSTRAINT dossier_subject_fk FOREIGN KEY (tenant, subject) REFERENCES subject (tenant, id),
    CONSTRAINT dossier_achievement_ck CHECK (achievement <> '')
);

CREATE INDEX dossier_round_ix ON dossier (tenant, round);
CREATE INDEX dossier_batch_member_ix ON dossier (tenant, batch);
CREATE INDEX dossier_unit_ix ON dossier (tenant, unit, year);
CREATE INDEX dossier_subject_ix ON dossier (tenant, subject);

CREATE TABLE dossier_event (
    tenant TEXT NOT NULL,
    dossier TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    verb TEXT NOT NULL,
    reason TEXT NOT NULL,
    done_by TEXT NOT NULL,
    account TEXT,
    done_at TEXT NOT NULL,
    CONSTRAINT dossier_event_pk PRIMARY KEY (tenant, dossier, ordinal),
    CONSTRAINT dossier_event_dossier_fk FOREIGN KEY (tenant, dossier) REFERENCES dossier (tenant, id)
);

CREATE TABLE dossier_named_field (
    tenant TEXT NOT NULL,
    dossier TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    place BIGINT NOT NULL,
    field TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT dossier_named_field_pk PRIMARY KEY (tenant, dossier, ordinal, place),
    CONSTRAINT dossier_named_field_event_fk FOREIGN KEY (tenant, dossier, ordinal)
        REFERENCES dossier_event (tenant, dossier, ordinal)
);

CREATE TABLE dossier_judgement (
    tenant TEXT NOT NULL,
    dossier TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    asked_on TEXT NOT NULL,
    law_on TEXT NOT NULL,
    rule TEXT NOT NULL,
    rule_cite TEXT NOT NULL,
    version_from TEXT,
    book TEXT NOT NULL,
    outcome TEXT NOT NULL,
    CONSTRAINT dossier_judgement_pk PRIMARY KEY (tenant, dossier, ordinal),
    CONSTRAINT dossier_judgement_event_fk FOREIGN KEY (tenant, dossier, ordinal)
        REFERENCES dossier_event (tenant, dossier, ordinal)
);

CREATE TABLE dossier_finding (
    tenant TEXT NOT NULL,
    dossier TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    place BIGINT NOT NULL,
    path TEXT NOT NULL,
    said_vi TEXT NOT NULL,
    said_en TEXT NOT NULL,
    verdict TEXT NOT NULL,
    cite TEXT NOT NULL,
    confidence TEXT NOT NULL,
    part TEXT NOT NULL,
    missing_vi TEXT NOT NULL,
    missing_en TEXT NOT NULL,
    CONSTRAINT dossier_finding_pk PRIMARY KEY (tenant, dossier, ordinal, place),
    CONSTRAINT dossier_finding_judgement_fk FOREIGN KEY (tenant, dossier, ordinal)
        REFERENCES dossier_judgement (tenant, dossier, ordinal)
);

CREATE TABLE dossier_report (
    tenant TEXT NOT NULL,
    dossier TEXT NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    written_by TEXT NOT NULL,
    written_at TEXT NOT NULL,
    CONSTRAINT dossier_report_pk PRIMARY KEY (tenant, dossier, version),
    CONSTRAINT dossier_report_dossier_fk FOREIGN KEY (tenant, dossier) REFERENCES dossier (tenant, id)
);

CREATE TABLE dossier_paper (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    dossier TEXT,
    batch TEXT,
    code TEXT NOT NULL,
    number TEXT NOT NULL,
    dated TEXT,
    description TEXT NOT NULL,
    file TEXT,
    kind TEXT,
    size BIGINT,
    hash TEXT,
    added_by TEXT NOT NULL,
    added_at TEXT NOT NULL,
    CONSTRAINT dossier_paper_pk PRIMARY KEY (tenant, id),
    CONSTRAINT dossier_paper_dossier_fk FOREIGN KEY (tenant, dossier) REFERENCES dossier (tenant, id),
    CONSTRAINT dossier_paper_batch_fk FOREIGN KEY (tenant, batch) REFERENCES dossier_batch (tenant, id),
    CONSTRAINT dossier_paper_file_fk FOREIGN KEY (tenant, hash) REFERENCES stored_file (tenant, hash),
    CONSTRAINT dossier_paper_owner_ck CHECK ((dossier IS NULL) <> (batch IS NULL))
);

CREATE INDEX dossier_paper_dossier_ix ON dossier_paper (tenant, dossier);
CREATE INDEX dossier_paper_batch_ix ON dossier_paper (tenant, batch);
CREATE INDEX dossier_paper_file_ix ON dossier_paper (tenant, hash);

CREATE TABLE dossier_stop (
    tenant TEXT NOT NULL,
    dossier TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    cause TEXT NOT NULL,
    from_on TEXT NOT NULL,
    until_on TEXT,
    reason TEXT NOT NULL,
    stopped_by TEXT NOT NULL,
    stopped_at TEXT NOT NULL,
    CONSTRAINT dossier_stop_pk PRIMARY KEY (tenant, dossier, ordinal),
    CONSTRAINT dossier_stop_dossier_fk FOREIGN KEY (tenant, dossier) REFERENCES dossier (tenant, id)
);

CREATE TABLE dossier_matter (
    tenant TEXT NOT NULL,
    dossier TEXT NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    from_on TEXT NOT NULL,
    days BIGINT NOT NULL,
    clock TEXT NOT NULL,
    party TEXT NOT NULL,
    body TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    CONSTRAINT dossier_matter_pk PRIMARY KEY (tenant, dossier, number),
    CONSTRAINT dossier_matter_dossier_fk FOREIGN KEY (tenant, dossier) REFERENCES dossier (tenant, id)
);

CREATE INDEX dossier_matter_kind_ix ON dossier_matter (tenant, kind, from_on);

CREATE TABLE dossier_matter_act (
    tenant TEXT NOT NULL,
    dossier TEXT NOT NULL,
    number BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    act TEXT NOT NULL,
    days BIGINT NOT NULL,
    body TEXT NOT NULL,
    done_by TEXT NOT NULL,
    done_at TEXT NOT NULL,
    CONSTRAINT dossier_matter_act_pk PRIMARY KEY (tenant, dossier, number, ordinal),
    CONSTRAINT dossier_matter_act_matter_fk FOREIGN KEY (tenant, dossier, number)
        REFERENCES dossier_matter (tenant, dossier, number)
);

CREATE TRIGGER award_round_no_update BEFORE UPDATE ON award_round
BEGIN
    SELECT RAISE(ABORT, 'award_round is append-only');
END;

CREATE TRIGGER award_round_no_delete BEFORE DELETE ON award_round
BEGIN
    SELECT RAISE(ABORT, 'award_round is append-only');
END;

CREATE TRIGGER dossier_batch_no_update BEFORE UPDATE ON dossier_batch
BEGIN
    SELECT RAISE(ABORT, 'dossier_batch is append-only');
END;

CREATE TRIGGER dossier_batch_no_delete BEFORE DELETE ON dossier_batch
BEGIN
    SELECT RAISE(ABORT, 'dossier_batch is append-only');
END;

CREATE TRIGGER dossier_no_update BEFORE UPDATE ON dossier
BEGIN
    SELECT RAISE(ABORT, 'dossier is append-only');
END;

CREATE TRIGGER dossier_no_delete BEFORE DELETE ON dossier
BEGIN
    SELECT RAISE(ABORT, 'dossier is append-only');
END;

CREATE TRIGGER dossier_event_no_update BEFORE UPDATE ON dossier_event
BEGIN
    SELECT RAISE(ABORT, 'dossier_event is append-only');
END;

CREATE TRIGGER dossier_event_no_delete BEFORE DELETE ON dossier_event
BEGIN
    SELECT RAISE(ABORT, 'dossier_event is append-only');
END;

CREATE TRIGGER dossier_named_field_no_update BEFORE UPDATE ON dossier_named_field
BEGIN
    SELECT RAISE(ABORT, 'dossier_named_field is append-only');
END;

CREATE TRIGGER dossier_named_field_no_delete BEFORE DELETE ON dossier_named_field
BEGIN
    SELECT RAISE(ABORT, 'dossier_named_field is append-only');
END;

CREATE TRIGGER dossier_judgement_no_update BEFORE UPDATE ON dossier_judgement
BEGIN
    SELECT RAISE(ABORT, 'dossier_judgement is append-only');
END;

CREATE TRIGGER dossier_judgement_no_delete BEFORE DELETE ON dossier_judgement
BEGIN
    SELECT RAISE(ABORT, 'dossier_judgement is append-only');
END;

CREATE TRIGGER dossier_finding_no_update BEFORE UPDATE ON dossier_finding
BEGIN
    SELECT RAISE(ABORT, 'dossier_finding is append-only');
END;

CREATE TRIGGER dossier_finding_no_delete BEFORE DELETE ON dossier_finding
BEGIN
    SELECT RAISE(ABORT, 'dossier_finding is append-only');
END;

CREATE TRIGGER dossier_report_no_update BEFORE UPDATE ON dossier_report
BEGIN
    SELECT RAISE(ABORT, 'dossier_report is append-only');
END;

CREATE TRIGGER dossier_report_no_delete BEFORE DELETE ON dossier_report
BEGIN
    SELECT RAISE(ABORT, 'dossier_report is append-only');
END;

CREATE TRIGGER dossier_paper_no_update BEFORE UPDATE ON dossier_paper
BEGIN
    SELECT RAISE(ABORT, 'dossier_paper is append-only');
END;

CREATE TRIGGER dossier_paper_no_delete BEFORE DELETE ON dossier_paper
BEGIN
    SELECT RAISE(ABORT, 'dossier_paper is append-only');
END;

CREATE TRIGGER dossier_stop_no_update BEFORE UPDATE ON dossier_stop
BEGIN
    SELECT RAISE(ABORT, 'dossier_stop is append-only');
END;

CREATE TRIGGER dossier_stop_no_delete BEFORE DELETE ON dossier_stop
BEGIN
    SELECT RAISE(ABORT, 'dossier_stop is append-only');
END;

CREATE TRIGGER dossier_matter_no_update BEFORE UPDATE ON dossier_matter
BEGIN
    SELECT RAISE(ABORT, 'dossier_matter is append-only');
END;

CREATE TRIGGER dossier_matter_no_delete BEFORE DELETE ON dossier_matter
BEGIN
    SELECT RAISE(ABORT, 'dossier_matter is append-only');
END;

CREATE TRIGGER dossier_matter_act_no_update BEFORE UPDATE ON dossier_matter_act
BEGIN
    SELECT RAISE(ABORT, 'dossier_matter_act is append-only');
END;

CREATE TRIGGER dossier_matter_act_no_delete BEFORE DELETE ON dossier_matter_act
BEGIN
    SELECT RAISE(ABORT, 'dossier_matter_act is append-only');
END;
