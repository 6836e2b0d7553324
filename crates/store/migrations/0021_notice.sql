-- Where people are written to, their calendar feeds, and the reminders that wait to be sent to them.

CREATE TABLE account_contact (
    tenant TEXT NOT NULL,
    account TEXT NOT NULL,
    email TEXT NOT NULL,
    set_at TEXT NOT NULL,
    CONSTRAINT account_contact_pk PRIMARY KEY (tenant, account),
    CONSTRAINT account_contact_account_fk FOREIGN KEY (tenant, account) REFERENCES account (tenant, id)
);

-- Of a feed's address only a hash is kept.
CREATE TABLE due_feed (
    tenant TEXT NOT NULL,
    account TEXT NOT NULL,
    token_hash BYTEA NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT due_feed_pk PRIMARY KEY (tenant, account),
    CONSTRAINT due_feed_token_uq UNIQUE (tenant, token_hash),
    CONSTRAINT due_feed_account_fk FOREIGN KEY (tenant, account) REFERENCES account (tenant, id)
);

-- A notice is sent once for each reminder and account; without sent_at and given_up_at it waits for next_at.
CREATE TABLE notice (
    tenant TEXT NOT NULL,
    account TEXT NOT NULL,
    reminder TEXT NOT NULL,
    kind TEXT NOT NULL,
    step BIGINT,
    form TEXT NOT NULL,
    form_name TEXT NOT NULL,
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    unit_name TEXT NOT NULL,
    last_day TEXT NOT NULL,
    days_left BIGINT NOT NULL,
    certainty TEXT NOT NULL,
    written_at TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at TEXT NOT NULL,
    sent_at TEXT,
    given_up_at TEXT,
    fault TEXT NOT NULL,
    CONSTRAINT notice_pk PRIMARY KEY (tenant, account, reminder),
    CONSTRAINT notice_account_fk FOREIGN KEY (tenant, account) REFERENCES account (tenant, id),
    CONSTRAINT notice_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX notice_unit_ix ON notice (tenant, unit);
CREATE INDEX notice_next_ix ON notice (tenant, next_at);
