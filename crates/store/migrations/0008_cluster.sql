-- Emulation clusters and blocks, one row a year, with their members in order.

CREATE TABLE cluster (
    tenant TEXT NOT NULL,
    code TEXT NOT NULL,
    year BIGINT NOT NULL,
    name TEXT NOT NULL,
    number BIGINT,
    formed_by TEXT NOT NULL,
    origin TEXT NOT NULL,
    low BIGINT,
    low_scale BIGINT,
    high BIGINT,
    high_scale BIGINT,
    source TEXT NOT NULL,
    CONSTRAINT cluster_pk PRIMARY KEY (tenant, code, year),
    CONSTRAINT cluster_formed_by_fk FOREIGN KEY (tenant, formed_by) REFERENCES org_unit (tenant, id)
);

CREATE INDEX cluster_formed_by_ix ON cluster (tenant, formed_by);

CREATE TABLE cluster_member (
    tenant TEXT NOT NULL,
    cluster TEXT NOT NULL,
    year BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    unit TEXT NOT NULL,
    role TEXT NOT NULL,
    origin TEXT NOT NULL,
    low BIGINT,
    low_scale BIGINT,
    high BIGINT,
    high_scale BIGINT,
    source TEXT NOT NULL,
    CONSTRAINT cluster_member_pk PRIMARY KEY (tenant, cluster, year, ordinal),
    CONSTRAINT cluster_member_unit_uq UNIQUE (tenant, cluster, year, unit),
    CONSTRAINT cluster_member_cluster_fk FOREIGN KEY (tenant, cluster, year) REFERENCES cluster (tenant, code, year),
    CONSTRAINT cluster_member_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX cluster_member_unit_ix ON cluster_member (tenant, unit);
