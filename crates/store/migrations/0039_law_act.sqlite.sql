-- What was loaded beside the law book of the release: overlays of a province or a ministry, a newer national book. Only
-- added to: an act loads or unloads; the files of what was loaded are kept as text, so that every copy of the database
-- holds the book its answers were given by.
-- A pair, because the engines write triggers in different languages; the tables are the same in both.

CREATE TABLE law_act (
    tenant TEXT NOT NULL,
    number BIGINT NOT NULL,
    step TEXT NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    is_sample BIGINT NOT NULL,
    hash TEXT NOT NULL,
    book TEXT NOT NULL,
    done_by TEXT NOT NULL,
    done_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT law_act_pk PRIMARY KEY (tenant, number),
    CONSTRAINT law_act_step_ck CHECK (step IN ('load', 'unload')),
    CONSTRAINT law_act_kind_ck CHECK (kind IN ('overlay', 'national')),
    CONSTRAINT law_act_sample_ck CHECK (is_sample IN (0, 1)),
    CONSTRAINT law_act_reason_ck CHECK (step = 'load' OR reason <> '')
);

CREATE TABLE law_file (
    tenant TEXT NOT NULL,
    act BIGINT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    CONSTRAINT law_file_pk PRIMARY KEY (tenant, act, name),
    CONSTRAINT law_file_act_fk FOREIGN KEY (tenant, act) REFERENCES law_act (tenant, number)
);

CREATE TRIGGER law_act_no_update BEFORE UPDATE ON law_act
BEGIN
    SELECT RAISE(ABORT, 'law_act is append-only');
END;

CREATE TRIGGER law_act_no_delete BEFORE DELETE ON law_act
BEGIN
    SELECT RAISE(ABORT, 'law_act is append-only');
END;

CREATE TRIGGER law_file_no_update BEFORE UPDATE ON law_file
BEGIN
    SELECT RAISE(ABORT, 'law_file is append-only');
END;

CREATE TRIGGER law_file_no_delete BEFORE DELETE ON law_file
BEGIN
    SELECT RAISE(ABORT, 'law_file is append-only');
END;
