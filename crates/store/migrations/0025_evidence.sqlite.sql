-- Evidence of figures: papers cited by cells, the bytes of files once under their hash, and withdrawals. Only added to.
-- A pair, because the engines write triggers in different languages.

CREATE TABLE stored_file (
    tenant TEXT NOT NULL,
    hash TEXT NOT NULL,
    size BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    CONSTRAINT stored_file_pk PRIMARY KEY (tenant, hash)
);

CREATE TABLE evidence (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    form TEXT NOT NULL,
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    number TEXT NOT NULL,
    dated TEXT,
    description TEXT NOT NULL,
    file TEXT,
    kind TEXT,
    size BIGINT,
    hash TEXT,
    added_by TEXT NOT NULL,
    account TEXT,
    added_at TEXT NOT NULL,
    CONSTRAINT evidence_pk PRIMARY KEY (tenant, id),
    CONSTRAINT evidence_cycle_fk FOREIGN KEY (tenant, form, period) REFERENCES cycle (tenant, form, period),
    CONSTRAINT evidence_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id),
    CONSTRAINT evidence_file_fk FOREIGN KEY (tenant, hash) REFERENCES stored_file (tenant, hash)
);

CREATE INDEX evidence_cycle_ix ON evidence (tenant, form, period);
CREATE INDEX evidence_unit_ix ON evidence (tenant, unit);
CREATE INDEX evidence_file_ix ON evidence (tenant, hash);

CREATE TABLE evidence_cell (
    tenant TEXT NOT NULL,
    evidence TEXT NOT NULL,
    indicator TEXT NOT NULL,
    CONSTRAINT evidence_cell_pk PRIMARY KEY (tenant, evidence, indicator),
    CONSTRAINT evidence_cell_evidence_fk FOREIGN KEY (tenant, evidence) REFERENCES evidence (tenant, id),
    CONSTRAINT evidence_cell_indicator_fk FOREIGN KEY (tenant, indicator) REFERENCES indicator (tenant, code)
);

CREATE INDEX evidence_cell_indicator_ix ON evidence_cell (tenant, indicator);

CREATE TABLE evidence_withdrawal (
    tenant TEXT NOT NULL,
    evidence TEXT NOT NULL,
    reason TEXT NOT NULL,
    withdrawn_by TEXT NOT NULL,
    withdrawn_at TEXT NOT NULL,
    CONSTRAINT evidence_withdrawal_pk PRIMARY KEY (tenant, evidence),
    CONSTRAINT evidence_withdrawal_evidence_fk FOREIGN KEY (tenant, evidence) REFERENCES evidence (tenant, id)
);

CREATE TRIGGER stored_file_no_update BEFORE UPDATE ON stored_file
BEGIN
    SELECT RAISE(ABORT, 'stored_file is append-only');
END;

CREATE TRIGGER stored_file_no_delete BEFORE DELETE ON stored_file
BEGIN
    SELECT RAISE(ABORT, 'stored_file is append-only');
END;

CREATE TRIGGER evidence_no_update BEFORE UPDATE ON evidence
BEGIN
    SELECT RAISE(ABORT, 'evidence is append-only');
END;

CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence
BEGIN
    SELECT RAISE(ABORT, 'evidence is append-only');
END;

CREATE TRIGGER evidence_cell_no_update BEFORE UPDATE ON evidence_cell
BEGIN
    SELECT RAISE(ABORT, 'evidence_cell is append-only');
END;

CREATE TRIGGER evidence_cell_no_delete BEFORE DELETE ON evidence_cell
BEGIN
    SELECT RAISE(ABORT, 'evidence_cell is append-only');
END;

CREATE TRIGGER evidence_withdrawal_no_update BEFORE UPDATE ON evidence_withdrawal
BEGIN
    SELECT RAISE(ABORT, 'evidence_withdrawal is append-only');
END;

CREATE TRIGGER evidence_withdrawal_no_delete BEFORE DELETE ON evidence_withdrawal
BEGIN
    SELECT RAISE(ABORT, 'evidence_withdrawal is append-only');
END;
