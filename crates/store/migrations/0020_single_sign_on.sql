-- Identities that another server vouches for, and sign-ins that are half done.

CREATE TABLE account_link (
    tenant TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    account TEXT NOT NULL,
    linked_at TEXT NOT NULL,
    CONSTRAINT account_link_pk PRIMARY KEY (tenant, issuer, subject),
    CONSTRAINT account_link_account_fk FOREIGN KEY (tenant, account) REFERENCES account (tenant, id)
);

CREATE INDEX account_link_account_ix ON account_link (tenant, account);

-- How a session began: a password given by another is to be changed by those who signed in with it.
ALTER TABLE session ADD COLUMN way_in TEXT NOT NULL DEFAULT 'password';

-- With an account: its password was right and a code is awaited. Without: the provider's answer is awaited.
CREATE TABLE pending_sign_in (
    tenant TEXT NOT NULL,
    id BYTEA NOT NULL,
    account TEXT,
    way_in TEXT NOT NULL,
    back TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    CONSTRAINT pending_sign_in_pk PRIMARY KEY (tenant, id),
    CONSTRAINT pending_sign_in_account_fk FOREIGN KEY (tenant, account) REFERENCES account (tenant, id)
);

CREATE INDEX pending_sign_in_account_ix ON pending_sign_in (tenant, account);
