-- Standards that units or objects reach, their populations, and the register of recognitions.
-- seq keeps the order in which rows were given: events of one day count in that order.

CREATE TABLE standard (
    tenant TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    phrase TEXT NOT NULL,
    measure TEXT NOT NULL,
    population TEXT NOT NULL,
    percent_decimals BIGINT NOT NULL,
    field TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    definition TEXT NOT NULL,
    CONSTRAINT standard_pk PRIMARY KEY (tenant, code),
    CONSTRAINT standard_tenant_fk FOREIGN KEY (tenant) REFERENCES tenant (tenant)
);

CREATE TABLE standard_member (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    standard TEXT NOT NULL,
    name TEXT NOT NULL,
    unit TEXT,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    origin TEXT NOT NULL,
    low BIGINT,
    low_scale BIGINT,
    high BIGINT,
    high_scale BIGINT,
    source TEXT NOT NULL,
    CONSTRAINT standard_member_pk PRIMARY KEY (tenant, id),
    CONSTRAINT standard_member_seq_uq UNIQUE (tenant, seq),
    CONSTRAINT standard_member_standard_fk FOREIGN KEY (tenant, standard) REFERENCES standard (tenant, code),
    CONSTRAINT standard_member_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX standard_member_standard_ix ON standard_member (tenant, standard);
CREATE INDEX standard_member_unit_ix ON standard_member (tenant, unit);

CREATE TABLE recognition (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    member TEXT NOT NULL,
    state TEXT NOT NULL,
    happened_on TEXT NOT NULL,
    decision TEXT NOT NULL,
    origin TEXT NOT NULL,
    low BIGINT,
    low_scale BIGINT,
    high BIGINT,
    high_scale BIGINT,
    source TEXT NOT NULL,
    CONSTRAINT recognition_pk PRIMARY KEY (tenant, id),
    CONSTRAINT recognition_seq_uq UNIQUE (tenant, seq),
    CONSTRAINT recognition_member_fk FOREIGN KEY (tenant, member) REFERENCES standard_member (tenant, id)
);

CREATE INDEX recognition_member_ix ON recognition (tenant, member);
