-- Files that units show their progress and their answers to reviews by, and the day of calls after a launch. Files are only
-- added to, which makes this a pair; their bytes lie with those of all evidence.

ALTER TABLE movement_call ADD COLUMN called_on TEXT;

CREATE TABLE movement_file (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    movement TEXT NOT NULL,
    unit TEXT NOT NULL,
    round BIGINT,
    description TEXT NOT NULL,
    file TEXT NOT NULL,
    kind TEXT NOT NULL,
    size BIGINT NOT NULL,
    hash TEXT NOT NULL,
    added_by TEXT NOT NULL,
    account TEXT,
    added_at TEXT NOT NULL,
    CONSTRAINT movement_file_pk PRIMARY KEY (tenant, id),
    CONSTRAINT movement_file_call_fk FOREIGN KEY (tenant, movement, unit)
        REFERENCES movement_call (tenant, movement, unit),
    CONSTRAINT movement_file_bytes_fk FOREIGN KEY (tenant, hash) REFERENCES stored_file (tenant, hash)
);

CREATE INDEX movement_file_call_ix ON movement_file (tenant, movement, unit);
CREATE INDEX movement_file_bytes_ix ON movement_file (tenant, hash);

CREATE TRIGGER movement_file_no_update BEFORE UPDATE ON movement_file
BEGIN
    SELECT RAISE(ABORT, 'movement_file is append-only');
END;

CREATE TRIGGER movement_file_no_delete BEFORE DELETE ON movement_file
BEGIN
    SELECT RAISE(ABORT, 'movement_file is append-only');
END;
