-- What changed and who did it; each row carries the hash of the row before.

CREATE TABLE audit (
    tenant TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    verb TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    CONSTRAINT audit_pk PRIMARY KEY (tenant, seq),
    CONSTRAINT audit_tenant_fk FOREIGN KEY (tenant) REFERENCES tenant (tenant)
);
