-- Owners of data, what was loaded for them, their periods, and the counters of their append-only tables.

CREATE TABLE tenant (
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT tenant_pk PRIMARY KEY (tenant)
);

CREATE TABLE loaded_pack (
    tenant TEXT NOT NULL,
    pack TEXT NOT NULL,
    hash TEXT NOT NULL,
    loaded_at TEXT NOT NULL,
    CONSTRAINT loaded_pack_pk PRIMARY KEY (tenant, pack),
    CONSTRAINT loaded_pack_tenant_fk FOREIGN KEY (tenant) REFERENCES tenant (tenant)
);

-- The last number given in each numbered table. Raising it also makes writers of one tenant queue.
CREATE TABLE counter (
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    last BIGINT NOT NULL,
    CONSTRAINT counter_pk PRIMARY KEY (tenant, name),
    CONSTRAINT counter_tenant_fk FOREIGN KEY (tenant) REFERENCES tenant (tenant)
);

CREATE TABLE period (
    tenant TEXT NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    CONSTRAINT period_pk PRIMARY KEY (tenant, code),
    CONSTRAINT period_tenant_fk FOREIGN KEY (tenant) REFERENCES tenant (tenant)
);
