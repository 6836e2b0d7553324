-- Persons, collectives and households, what is known of them, and who is the same as whom; lists of awards that wait.
-- Only added to: a correction of an identity is the next version, a correction of a fact a row in place of the one it
-- corrects, an undone merge a row beside it. The citizen's number stands in one column of one table and nowhere else.
-- A pair, because the engines write triggers in different languages; the tables are the same in both.

CREATE TABLE subject (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    CONSTRAINT subject_pk PRIMARY KEY (tenant, id),
    CONSTRAINT subject_tenant_fk FOREIGN KEY (tenant) REFERENCES tenant (tenant)
);

CREATE TABLE subject_version (
    tenant TEXT NOT NULL,
    subject TEXT NOT NULL,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    ordered BYTEA NOT NULL,
    born_on TEXT,
    born_year BIGINT,
    sex TEXT,
    cccd TEXT,
    place TEXT NOT NULL,
    recruited_on TEXT,
    note TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    origin TEXT NOT NULL,
    low BIGINT,
    low_scale BIGINT,
    high BIGINT,
    high_scale BIGINT,
    source TEXT NOT NULL,
    CONSTRAINT subject_version_pk PRIMARY KEY (tenant, subject, version),
    CONSTRAINT subject_version_subject_fk FOREIGN KEY (tenant, subject) REFERENCES subject (tenant, id)
);

CREATE INDEX subject_version_ordered_ix ON subject_version (tenant, kind, ordered, subject);
CREATE INDEX subject_version_cccd_ix ON subject_version (tenant, cccd);

CREATE TABLE fact (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    word TEXT NOT NULL,
    year BIGINT,
    from_day TEXT,
    to_day TEXT,
    unit TEXT,
    name TEXT NOT NULL,
    scope TEXT,
    status TEXT,
    number TEXT NOT NULL,
    number_folded TEXT NOT NULL,
    decided_on TEXT,
    authority TEXT,
    level TEXT,
    commendation TEXT,
    duty TEXT,
    amount BIGINT,
    revoked_on TEXT,
    register TEXT,
    supersedes TEXT,
    entered_by TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    origin TEXT NOT NULL,
    low BIGINT,
    low_scale BIGINT,
    high BIGINT,
    high_scale BIGINT,
    source TEXT NOT NULL,
    CONSTRAINT fact_pk PRIMARY KEY (tenant, id),
    CONSTRAINT fact_supersedes_uq UNIQUE (tenant, supersedes),
    CONSTRAINT fact_subject_fk FOREIGN KEY (tenant, subject) REFERENCES subject (tenant, id),
    CONSTRAINT fact_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id),
    CONSTRAINT fact_register_fk FOREIGN KEY (tenant, register) REFERENCES award (tenant, id),
    CONSTRAINT fact_supersedes_fk FOREIGN KEY (tenant, supersedes) REFERENCES fact (tenant, id),
    CONSTRAINT fact_position_ck CHECK (kind <> 'position' OR (unit IS NOT NULL AND from_day IS NOT NULL)),
    CONSTRAINT fact_award_ck CHECK (kind <> 'award' OR (decided_on IS NOT NULL AND year IS NOT NULL AND number <> ''))
);

CREATE INDEX fact_subject_ix ON fact (tenant, subject, kind);
CREATE INDEX fact_unit_ix ON fact (tenant, unit, kind);
CREATE INDEX fact_number_ix ON fact (tenant, number_folded);
CREATE INDEX fact_decided_ix ON fact (tenant, kind, decided_on);
CREATE INDEX fact_register_ix ON fact (tenant, register);

CREATE TABLE subject_merge (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    kept TEXT NOT NULL,
    merged TEXT NOT NULL,
    merged_by TEXT NOT NULL,
    merged_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT subject_merge_pk PRIMARY KEY (tenant, id),
    CONSTRAINT subject_merge_kept_fk FOREIGN KEY (tenant, kept) REFERENCES subject (tenant, id),
    CONSTRAINT subject_merge_merged_fk FOREIGN KEY (tenant, merged) REFERENCES subject (tenant, id),
    CONSTRAINT subject_merge_two_ck CHECK (kept <> merged)
);

CREATE INDEX subject_merge_kept_ix ON subject_merge (tenant, kept);
CREATE INDEX subject_merge_merged_ix ON subject_merge (tenant, merged);

CREATE TABLE subject_merge_undo (
    tenant TEXT NOT NULL,
    merge_id TEXT NOT NULL,
    undone_by TEXT NOT NULL,
    undone_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT subject_merge_undo_pk PRIMARY KEY (tenant, merge_id),
    CONSTRAINT subject_merge_undo_fk FOREIGN KEY (tenant, merge_id) REFERENCES subject_merge (tenant, id)
);

CREATE TABLE award_list_upload (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    unit TEXT NOT NULL,
    sent_by TEXT NOT NULL,
    file TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    expires_at TEXT NOT NULL,
    CONSTRAINT award_list_upload_pk PRIMARY KEY (tenant, id),
    CONSTRAINT award_list_upload_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX award_list_upload_unit_ix ON award_list_upload (tenant, unit);
CREATE INDEX award_list_upload_sent_by_ix ON award_list_upload (tenant, sent_by);

CREATE TABLE award_list_mapping (
    tenant TEXT NOT NULL,
    signature TEXT NOT NULL,
    mapping TEXT NOT NULL,
    confirmed_by TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    CONSTRAINT award_list_mapping_pk PRIMARY KEY (tenant, signature),
    CONSTRAINT award_list_mapping_tenant_fk FOREIGN KEY (tenant) REFERENCES tenant (tenant)
);

CREATE TRIGGER subject_no_update BEFORE UPDATE ON subject
BEGIN
    SELECT RAISE(ABORT, 'subject is append-only');
END;

CREATE TRIGGER subject_no_delete BEFORE DELETE ON subject
BEGIN
    SELECT RAISE(ABORT, 'subject is append-only');
END;

CREATE TRIGGER subject_version_no_update BEFORE UPDATE ON subject_version
BEGIN
    SELECT RAISE(ABORT, 'subject_version is append-only');
END;

CREATE TRIGGER subject_version_no_delete BEFORE DELETE ON subject_version
BEGIN
    SELECT RAISE(ABORT, 'subject_version is append-only');
END;

CREATE TRIGGER fact_no_update BEFORE UPDATE ON fact
BEGIN
    SELECT RAISE(ABORT, 'fact is append-only');
END;

CREATE TRIGGER fact_no_delete BEFORE DELETE ON fact
BEGIN
    SELECT RAISE(ABORT, 'fact is append-only');
END;

CREATE TRIGGER subject_merge_no_update BEFORE UPDATE ON subject_merge
BEGIN
    SELECT RAISE(ABORT, 'subject_merge is append-only');
END;

CREATE TRIGGER subject_merge_no_delete BEFORE DELETE ON subject_merge
BEGIN
    SELECT RAISE(ABORT, 'subject_merge is append-only');
END;

CREATE TRIGGER subject_merge_undo_no_update BEFORE UPDATE ON subject_merge_undo
BEGIN
    SELECT RAISE(ABORT, 'subject_merge_undo is append-only');
END;

CREATE TRIGGER subject_merge_undo_no_delete BEFORE DELETE ON subject_merge_undo
BEGIN
    SELECT RAISE(ABORT, 'subject_merge_undo is append-only');
END;
