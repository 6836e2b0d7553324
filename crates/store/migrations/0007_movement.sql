-- Emulation movements with their other names and owners, and the occasions of the year.

CREATE TABLE movement (
    tenant TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    scope TEXT NOT NULL,
    field TEXT NOT NULL,
    year_from BIGINT,
    year_to BIGINT,
    launched_by TEXT,
    content TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    origin TEXT NOT NULL,
    low BIGINT,
    low_scale BIGINT,
    high BIGINT,
    high_scale BIGINT,
    source TEXT NOT NULL,
    CONSTRAINT movement_pk PRIMARY KEY (tenant, code),
    CONSTRAINT movement_tenant_fk FOREIGN KEY (tenant) REFERENCES tenant (tenant),
    CONSTRAINT movement_launched_by_fk FOREIGN KEY (launched_by) REFERENCES instrument (id)
);

CREATE INDEX movement_launched_by_ix ON movement (launched_by);

CREATE TABLE movement_alias (
    tenant TEXT NOT NULL,
    movement TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    alias TEXT NOT NULL,
    CONSTRAINT movement_alias_pk PRIMARY KEY (tenant, movement, ordinal),
    CONSTRAINT movement_alias_movement_fk FOREIGN KEY (tenant, movement) REFERENCES movement (tenant, code)
);

CREATE TABLE movement_owner (
    tenant TEXT NOT NULL,
    movement TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    unit TEXT NOT NULL,
    CONSTRAINT movement_owner_pk PRIMARY KEY (tenant, movement, ordinal),
    CONSTRAINT movement_owner_unit_uq UNIQUE (tenant, movement, unit),
    CONSTRAINT movement_owner_movement_fk FOREIGN KEY (tenant, movement) REFERENCES movement (tenant, code),
    CONSTRAINT movement_owner_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX movement_owner_unit_ix ON movement_owner (tenant, unit);

CREATE TABLE occasion (
    tenant TEXT NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    happened_on TEXT NOT NULL,
    term_from BIGINT,
    term_to BIGINT,
    movement TEXT,
    origin TEXT NOT NULL,
    low BIGINT,
    low_scale BIGINT,
    high BIGINT,
    high_scale BIGINT,
    source TEXT NOT NULL,
    CONSTRAINT occasion_pk PRIMARY KEY (tenant, code),
    CONSTRAINT occasion_tenant_fk FOREIGN KEY (tenant) REFERENCES tenant (tenant),
    CONSTRAINT occasion_movement_fk FOREIGN KEY (tenant, movement) REFERENCES movement (tenant, code)
);

CREATE INDEX occasion_movement_ix ON occasion (tenant, movement);
