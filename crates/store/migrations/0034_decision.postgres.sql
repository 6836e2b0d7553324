-- Decisions on awards and the funds that pay their bonuses; all of it is only added to, which makes this a pair.

CREATE TABLE fund (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    unit TEXT NOT NULL,
    year BIGINT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT fund_pk PRIMARY KEY (tenant, id),
    CONSTRAINT fund_name_uq UNIQUE (tenant, unit, year, name),
    CONSTRAINT fund_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE TABLE fund_entry (
    tenant TEXT NOT NULL,
    fund TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    vnd BIGINT NOT NULL,
    number TEXT NOT NULL,
    day TEXT NOT NULL,
    note TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    CONSTRAINT fund_entry_pk PRIMARY KEY (tenant, fund, ordinal),
    CONSTRAINT fund_entry_fund_fk FOREIGN KEY (tenant, fund) REFERENCES fund (tenant, id)
);

CREATE TABLE decision (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    issuer TEXT NOT NULL,
    CONSTRAINT decision_pk PRIMARY KEY (tenant, id),
    CONSTRAINT decision_issuer_fk FOREIGN KEY (tenant, issuer) REFERENCES org_unit (tenant, id)
);

CREATE INDEX decision_issuer_ix ON decision (tenant, issuer);

-- What was done with a decision; a draft has its text in the two tables below.
CREATE TABLE decision_event (
    tenant TEXT NOT NULL,
    decision TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    act TEXT NOT NULL,
    line BIGINT,
    number TEXT NOT NULL,
    number_key TEXT NOT NULL,
    day TEXT,
    signer TEXT NOT NULL,
    position TEXT NOT NULL,
    signed_as TEXT,
    name TEXT NOT NULL,
    reason TEXT NOT NULL,
    vnd BIGINT,
    done_by TEXT NOT NULL,
    account TEXT,
    done_at TEXT NOT NULL,
    CONSTRAINT decision_event_pk PRIMARY KEY (tenant, decision, ordinal),
    CONSTRAINT decision_event_decision_fk FOREIGN KEY (tenant, decision) REFERENCES decision (tenant, id)
);

CREATE INDEX decision_event_number_ix ON decision_event (tenant, act, number_key);

CREATE TABLE decision_draft (
    tenant TEXT NOT NULL,
    decision TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    authority TEXT NOT NULL,
    title TEXT NOT NULL,
    year BIGINT NOT NULL,
    commendation TEXT NOT NULL,
    fund TEXT,
    CONSTRAINT decision_draft_pk PRIMARY KEY (tenant, decision, ordinal),
    CONSTRAINT decision_draft_event_fk FOREIGN KEY (tenant, decision, ordinal)
        REFERENCES decision_event (tenant, decision, ordinal),
    CONSTRAINT decision_draft_fund_fk FOREIGN KEY (tenant, fund) REFERENCES fund (tenant, id)
);

CREATE INDEX decision_draft_fund_ix ON decision_draft (tenant, fund);

CREATE TABLE decision_line (
    tenant TEXT NOT NULL,
    decision TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    line BIGINT NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    honour TEXT NOT NULL,
    achievement TEXT NOT NULL,
    duty TEXT,
    dossier TEXT,
    CONSTRAINT decision_line_pk PRIMARY KEY (tenant, decision, ordinal, line),
    CONSTRAINT decision_line_draft_fk FOREIGN KEY (tenant, decision, ordinal)
        REFERENCES decision_draft (tenant, decision, ordinal),
    CONSTRAINT decision_line_subject_fk FOREIGN KEY (tenant, subject) REFERENCES subject (tenant, id),
    CONSTRAINT decision_line_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX decision_line_subject_ix ON decision_line (tenant, subject);
CREATE INDEX decision_line_unit_ix ON decision_line (tenant, unit);
CREATE INDEX decision_line_dossier_ix ON decision_line (tenant, dossier);

-- What a signature made of each line: the award in the record of its subject, and the bonus as the law stood.
CREATE TABLE decision_granted (
    tenant TEXT NOT NULL,
    decision TEXT NOT NULL,
    line BIGINT NOT NULL,
    fact TEXT NOT NULL,
    times BIGINT,
    times_scale BIGINT,
    base_salary BIGINT NOT NULL,
    vnd BIGINT NOT NULL,
    cite TEXT NOT NULL,
    confidence TEXT NOT NULL,
    CONSTRAINT decision_granted_pk PRIMARY KEY (tenant, decision, line),
    CONSTRAINT decision_granted_fact_uq UNIQUE (tenant, fact),
    CONSTRAINT decision_granted_decision_fk FOREIGN KEY (tenant, decision) REFERENCES decision (tenant, id),
    CONSTRAINT decision_granted_fact_fk FOREIGN KEY (tenant, fact) REFERENCES fact (tenant, id)
);

CREATE TRIGGER fund_no_update BEFORE UPDATE ON fund
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER fund_no_delete BEFORE DELETE ON fund
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER fund_no_truncate BEFORE TRUNCATE ON fund
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER fund_entry_no_update BEFORE UPDATE ON fund_entry
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER fund_entry_no_delete BEFORE DELETE ON fund_entry
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER fund_entry_no_truncate BEFORE TRUNCATE ON fund_entry
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER decision_no_truncate BEFORE TRUNCATE ON decision
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER decision_event_no_update BEFORE UPDATE ON decision_event
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER decision_event_no_delete BEFORE DELETE ON decision_event
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER decision_event_no_truncate BEFORE TRUNCATE ON decision_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER decision_draft_no_update BEFORE UPDATE ON decision_draft
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER decision_draft_no_delete BEFORE DELETE ON decision_draft
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER decision_draft_no_truncate BEFORE TRUNCATE ON decision_draft
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER decision_line_no_update BEFORE UPDATE ON decision_line
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER decision_line_no_delete BEFORE DELETE ON decision_line
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER decision_line_no_truncate BEFORE TRUNCATE ON decision_line
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER decision_granted_no_update BEFORE UPDATE ON decision_granted
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER decision_granted_no_delete BEFORE DELETE ON decision_granted
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER decision_granted_no_truncate BEFORE TRUNCATE ON decision_granted
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
