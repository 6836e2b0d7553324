-- Keys by which other programs act for an account; of a key only a hash is kept. A key never changes: that it was
-- used or revoked is told beside it.

CREATE TABLE api_token (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    token_hash BYTEA NOT NULL,
    scopes TEXT NOT NULL,
    unit TEXT,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    CONSTRAINT api_token_pk PRIMARY KEY (tenant, id),
    CONSTRAINT api_token_hash_uq UNIQUE (tenant, token_hash),
    CONSTRAINT api_token_account_fk FOREIGN KEY (tenant, account) REFERENCES account (tenant, id),
    CONSTRAINT api_token_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX api_token_account_ix ON api_token (tenant, account);
CREATE INDEX api_token_unit_ix ON api_token (tenant, unit);

CREATE TABLE api_token_use (
    tenant TEXT NOT NULL,
    token TEXT NOT NULL,
    used_at TEXT NOT NULL,
    CONSTRAINT api_token_use_pk PRIMARY KEY (tenant, token),
    CONSTRAINT api_token_use_fk FOREIGN KEY (tenant, token) REFERENCES api_token (tenant, id)
);

CREATE TABLE api_token_revocation (
    tenant TEXT NOT NULL,
    token TEXT NOT NULL,
    revoked_by TEXT NOT NULL,
    revoked_at TEXT NOT NULL,
    CONSTRAINT api_token_revocation_pk PRIMARY KEY (tenant, token),
    CONSTRAINT api_token_revocation_fk FOREIGN KEY (tenant, token) REFERENCES api_token (tenant, id)
);

-- What was answered to a request that must not be done twice. Without a status it is under way.
CREATE TABLE api_replay (
    tenant TEXT NOT NULL,
    token TEXT NOT NULL,
    request_key TEXT NOT NULL,
    request_hash BYTEA NOT NULL,
    begun_at TEXT NOT NULL,
    status BIGINT,
    media_type TEXT NOT NULL,
    body BYTEA NOT NULL,
    CONSTRAINT api_replay_pk PRIMARY KEY (tenant, token, request_key),
    CONSTRAINT api_replay_token_fk FOREIGN KEY (tenant, token) REFERENCES api_token (tenant, id)
);
