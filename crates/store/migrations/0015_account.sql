-- People who sign in, the roles they hold, and their sessions; of a password and a session only hashes are kept.

CREATE TABLE account (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    display_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    state TEXT NOT NULL,
    failures BIGINT NOT NULL,
    locked_until TEXT,
    password_changed_at TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT account_pk PRIMARY KEY (tenant, id),
    CONSTRAINT account_name_uq UNIQUE (tenant, folded),
    CONSTRAINT account_tenant_fk FOREIGN KEY (tenant) REFERENCES tenant (tenant)
);

-- Without a unit the role is held for the whole tenant.
CREATE TABLE role_held (
    tenant TEXT NOT NULL,
    account TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    role TEXT NOT NULL,
    unit TEXT,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    CONSTRAINT role_held_pk PRIMARY KEY (tenant, account, ordinal),
    CONSTRAINT role_held_account_fk FOREIGN KEY (tenant, account) REFERENCES account (tenant, id),
    CONSTRAINT role_held_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX role_held_unit_ix ON role_held (tenant, unit);

CREATE TABLE session (
    tenant TEXT NOT NULL,
    id BYTEA NOT NULL,
    account TEXT NOT NULL,
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    CONSTRAINT session_pk PRIMARY KEY (tenant, id),
    CONSTRAINT session_account_fk FOREIGN KEY (tenant, account) REFERENCES account (tenant, id)
);

CREATE INDEX session_account_ix ON session (tenant, account);
