-- The living register of exemplars: what a proposal says, every step, who copied it, papers and pictures whose bytes
-- stand in stored_file. Only added to. A pair, because the engines write triggers in different languages.

CREATE TABLE exemplar_profile (
    tenant TEXT NOT NULL,
    exemplar TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT,
    method TEXT NOT NULL,
    contact_name TEXT NOT NULL,
    contact_way TEXT NOT NULL,
    movement TEXT,
    told_by TEXT NOT NULL,
    told_at TEXT NOT NULL,
    CONSTRAINT exemplar_profile_pk PRIMARY KEY (tenant, exemplar),
    CONSTRAINT exemplar_profile_exemplar_fk FOREIGN KEY (tenant, exemplar) REFERENCES exemplar (tenant, id),
    CONSTRAINT exemplar_profile_subject_fk FOREIGN KEY (tenant, subject) REFERENCES subject (tenant, id),
    CONSTRAINT exemplar_profile_movement_fk FOREIGN KEY (tenant, movement) REFERENCES movement (tenant, code)
);

CREATE INDEX exemplar_profile_subject_ix ON exemplar_profile (tenant, subject);
CREATE INDEX exemplar_profile_movement_ix ON exemplar_profile (tenant, movement);

CREATE TABLE exemplar_event (
    tenant TEXT NOT NULL,
    exemplar TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    act TEXT NOT NULL,
    state TEXT NOT NULL,
    day TEXT NOT NULL,
    decision TEXT NOT NULL,
    size BIGINT,
    size_scale BIGINT,
    reason TEXT NOT NULL,
    done_by TEXT NOT NULL,
    account TEXT,
    done_at TEXT NOT NULL,
    CONSTRAINT exemplar_event_pk PRIMARY KEY (tenant, exemplar, ordinal),
    CONSTRAINT exemplar_event_exemplar_fk FOREIGN KEY (tenant, exemplar) REFERENCES exemplar (tenant, id),
    CONSTRAINT exemplar_event_size_ck CHECK ((size IS NULL) = (size_scale IS NULL))
);

CREATE TABLE exemplar_copy (
    tenant TEXT NOT NULL,
    exemplar TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    unit TEXT NOT NULL,
    since TEXT NOT NULL,
    how TEXT NOT NULL,
    told_by TEXT NOT NULL,
    account TEXT,
    told_at TEXT NOT NULL,
    CONSTRAINT exemplar_copy_pk PRIMARY KEY (tenant, exemplar, ordinal),
    CONSTRAINT exemplar_copy_exemplar_fk FOREIGN KEY (tenant, exemplar) REFERENCES exemplar (tenant, id),
    CONSTRAINT exemplar_copy_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX exemplar_copy_unit_ix ON exemplar_copy (tenant, unit);

CREATE TABLE exemplar_copy_indicator (
    tenant TEXT NOT NULL,
    exemplar TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    indicator TEXT NOT NULL,
    CONSTRAINT exemplar_copy_indicator_pk PRIMARY KEY (tenant, exemplar, ordinal, indicator),
    CONSTRAINT exemplar_copy_indicator_copy_fk FOREIGN KEY (tenant, exemplar, ordinal)
        REFERENCES exemplar_copy (tenant, exemplar, ordinal),
    CONSTRAINT exemplar_copy_indicator_indicator_fk FOREIGN KEY (tenant, indicator) REFERENCES indicator (tenant, code)
);

CREATE INDEX exemplar_copy_indicator_indicator_ix ON exemplar_copy_indicator (tenant, indicator);

CREATE TABLE exemplar_paper (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    exemplar TEXT NOT NULL,
    number TEXT NOT NULL,
    dated TEXT,
    description TEXT NOT NULL,
    award TEXT,
    file TEXT,
    kind TEXT,
    size BIGINT,
    hash TEXT,
    width BIGINT,
    height BIGINT,
    added_by TEXT NOT NULL,
    account TEXT,
    added_at TEXT NOT NULL,
    CONSTRAINT exemplar_paper_pk PRIMARY KEY (tenant, id),
    CONSTRAINT exemplar_paper_exemplar_fk FOREIGN KEY (tenant, exemplar) REFERENCES exemplar (tenant, id),
    CONSTRAINT exemplar_paper_file_fk FOREIGN KEY (tenant, hash) REFERENCES stored_file (tenant, hash)
);

CREATE INDEX exemplar_paper_exemplar_ix ON exemplar_paper (tenant, exemplar);
CREATE INDEX exemplar_paper_file_ix ON exemplar_paper (tenant, hash);

CREATE TABLE exemplar_paper_withdrawal (
    tenant TEXT NOT NULL,
    paper TEXT NOT NULL,
    reason TEXT NOT NULL,
    withdrawn_by TEXT NOT NULL,
    withdrawn_at TEXT NOT NULL,
    CONSTRAINT exemplar_paper_withdrawal_pk PRIMARY KEY (tenant, paper),
    CONSTRAINT exemplar_paper_withdrawal_paper_fk FOREIGN KEY (tenant, paper) REFERENCES exemplar_paper (tenant, id)
);

CREATE TRIGGER exemplar_profile_no_update BEFORE UPDATE ON exemplar_profile
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER exemplar_profile_no_delete BEFORE DELETE ON exemplar_profile
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER exemplar_profile_no_truncate BEFORE TRUNCATE ON exemplar_profile
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER exemplar_event_no_update BEFORE UPDATE ON exemplar_event
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER exemplar_event_no_delete BEFORE DELETE ON exemplar_event
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER exemplar_event_no_truncate BEFORE TRUNCATE ON exemplar_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER exemplar_copy_no_update BEFORE UPDATE ON exemplar_copy
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER exemplar_copy_no_delete BEFORE DELETE ON exemplar_copy
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER exemplar_copy_no_truncate BEFORE TRUNCATE ON exemplar_copy
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER exemplar_copy_indicator_no_update BEFORE UPDATE ON exemplar_copy_indicator
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER exemplar_copy_indicator_no_delete BEFORE DELETE ON exemplar_copy_indicator
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER exemplar_copy_indicator_no_truncate BEFORE TRUNCATE ON exemplar_copy_indicator
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER exemplar_paper_no_update BEFORE UPDATE ON exemplar_paper
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER exemplar_paper_no_delete BEFORE DELETE ON exemplar_paper
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER exemplar_paper_no_truncate BEFORE TRUNCATE ON exemplar_paper
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER exemplar_paper_withdrawal_no_update BEFORE UPDATE ON exemplar_paper_withdrawal
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER exemplar_paper_withdrawal_no_delete BEFORE DELETE ON exemplar_paper_withdrawal
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER exemplar_paper_withdrawal_no_truncate BEFORE TRUNCATE ON exemplar_paper_withdrawal
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
