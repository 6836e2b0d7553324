-- The second factor of an account, and whose choice its password was; of a recovery code only the hash is kept.
-- The secret itself has to be kept: codes are made from it (see the decision on the second factor).

ALTER TABLE account ADD COLUMN password_origin TEXT NOT NULL DEFAULT 'own';

CREATE TABLE second_factor (
    tenant TEXT NOT NULL,
    account TEXT NOT NULL,
    secret BYTEA NOT NULL,
    last_step BIGINT,
    offered_at TEXT NOT NULL,
    confirmed_at TEXT,
    CONSTRAINT second_factor_pk PRIMARY KEY (tenant, account),
    CONSTRAINT second_factor_account_fk FOREIGN KEY (tenant, account) REFERENCES account (tenant, id)
);

CREATE TABLE recovery_code (
    tenant TEXT NOT NULL,
    account TEXT NOT NULL,
    code BYTEA NOT NULL,
    CONSTRAINT recovery_code_pk PRIMARY KEY (tenant, account, code),
    CONSTRAINT recovery_code_account_fk FOREIGN KEY (tenant, account) REFERENCES account (tenant, id)
);
