-- The register of awards, and exemplars worth telling others about.

CREATE TABLE award (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    honour TEXT NOT NULL,
    authority TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_name TEXT NOT NULL,
    unit TEXT NOT NULL,
    commendation TEXT NOT NULL,
    direct_worker TEXT,
    decision_number TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    achievement TEXT NOT NULL,
    origin TEXT NOT NULL,
    low BIGINT,
    low_scale BIGINT,
    high BIGINT,
    high_scale BIGINT,
    source TEXT NOT NULL,
    CONSTRAINT award_pk PRIMARY KEY (tenant, id),
    CONSTRAINT award_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX award_unit_ix ON award (tenant, unit);
CREATE INDEX award_decided_ix ON award (tenant, decided_on);

CREATE TABLE exemplar (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    field TEXT NOT NULL,
    name TEXT NOT NULL,
    model TEXT NOT NULL,
    unit TEXT,
    size BIGINT,
    size_scale BIGINT,
    measure TEXT NOT NULL,
    since BIGINT,
    story TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    origin TEXT NOT NULL,
    low BIGINT,
    low_scale BIGINT,
    high BIGINT,
    high_scale BIGINT,
    source TEXT NOT NULL,
    CONSTRAINT exemplar_pk PRIMARY KEY (tenant, id),
    CONSTRAINT exemplar_tenant_fk FOREIGN KEY (tenant) REFERENCES tenant (tenant),
    CONSTRAINT exemplar_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id),
    CONSTRAINT exemplar_size_ck CHECK ((size IS NULL) = (size_scale IS NULL))
);

CREATE INDEX exemplar_unit_ix ON exemplar (tenant, unit);
