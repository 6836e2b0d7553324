-- The scoring of clusters: the schemes they are scored by as their files were, the openings, every act in order, and
-- frozen rankings; the bytes of evidence stand in stored_file. Only added to. A pair, because the engines write triggers in different languages.

CREATE TABLE cluster_scheme (
    tenant TEXT NOT NULL,
    hash TEXT NOT NULL,
    file TEXT NOT NULL,
    body TEXT NOT NULL,
    CONSTRAINT cluster_scheme_pk PRIMARY KEY (tenant, hash)
);

CREATE TABLE cluster_scoring (
    tenant TEXT NOT NULL,
    cluster TEXT NOT NULL,
    year BIGINT NOT NULL,
    period TEXT NOT NULL,
    closes_on TEXT NOT NULL,
    scheme TEXT NOT NULL,
    origin TEXT NOT NULL,
    low BIGINT,
    low_scale BIGINT,
    high BIGINT,
    high_scale BIGINT,
    source TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    CONSTRAINT cluster_scoring_pk PRIMARY KEY (tenant, cluster, year),
    CONSTRAINT cluster_scoring_cluster_fk FOREIGN KEY (tenant, cluster, year) REFERENCES cluster (tenant, code, year),
    CONSTRAINT cluster_scoring_scheme_fk FOREIGN KEY (tenant, scheme) REFERENCES cluster_scheme (tenant, hash)
);

CREATE TABLE cluster_act (
    tenant TEXT NOT NULL,
    cluster TEXT NOT NULL,
    year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    unit TEXT NOT NULL,
    criterion TEXT,
    record TEXT NOT NULL,
    CONSTRAINT cluster_act_pk PRIMARY KEY (tenant, cluster, year, number),
    CONSTRAINT cluster_act_scoring_fk FOREIGN KEY (tenant, cluster, year) REFERENCES cluster_scoring (tenant, cluster, year),
    CONSTRAINT cluster_act_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX cluster_scoring_scheme_ix ON cluster_scoring (tenant, scheme);
CREATE INDEX cluster_act_unit_ix ON cluster_act (tenant, unit);

CREATE TABLE cluster_freeze (
    tenant TEXT NOT NULL,
    cluster TEXT NOT NULL,
    year BIGINT NOT NULL,
    hash TEXT NOT NULL,
    body BYTEA NOT NULL,
    frozen_by TEXT NOT NULL,
    frozen_at TEXT NOT NULL,
    CONSTRAINT cluster_freeze_pk PRIMARY KEY (tenant, cluster, year),
    CONSTRAINT cluster_freeze_scoring_fk FOREIGN KEY (tenant, cluster, year) REFERENCES cluster_scoring (tenant, cluster, year)
);

CREATE TRIGGER cluster_scheme_no_update BEFORE UPDATE ON cluster_scheme
BEGIN
    SELECT RAISE(ABORT, 'cluster_scheme is append-only');
END;

CREATE TRIGGER cluster_scheme_no_delete BEFORE DELETE ON cluster_scheme
BEGIN
    SELECT RAISE(ABORT, 'cluster_scheme is append-only');
END;

CREATE TRIGGER cluster_scoring_no_update BEFORE UPDATE ON cluster_scoring
BEGIN
    SELECT RAISE(ABORT, 'cluster_scoring is append-only');
END;

CREATE TRIGGER cluster_scoring_no_delete BEFORE DELETE ON cluster_scoring
BEGIN
    SELECT RAISE(ABORT, 'cluster_scoring is append-only');
END;

CREATE TRIGGER cluster_act_no_update BEFORE UPDATE ON cluster_act
BEGIN
    SELECT RAISE(ABORT, 'cluster_act is append-only');
END;

CREATE TRIGGER cluster_act_no_delete BEFORE DELETE ON cluster_act
BEGIN
    SELECT RAISE(ABORT, 'cluster_act is append-only');
END;

CREATE TRIGGER cluster_freeze_no_update BEFORE UPDATE ON cluster_freeze
BEGIN
    SELECT RAISE(ABORT, 'cluster_freeze is append-only');
END;

CREATE TRIGGER cluster_freeze_no_delete BEFORE DELETE ON cluster_freeze
BEGIN
    SELECT RAISE(ABORT, 'cluster_freeze is append-only');
END;
