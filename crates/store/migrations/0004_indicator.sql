-- Indicators with their dated definitions, plans and the figures they assign.

CREATE TABLE indicator (
    tenant TEXT NOT NULL,
    code TEXT NOT NULL,
    CONSTRAINT indicator_pk PRIMARY KEY (tenant, code),
    CONSTRAINT indicator_tenant_fk FOREIGN KEY (tenant) REFERENCES tenant (tenant)
);

CREATE TABLE indicator_version (
    tenant TEXT NOT NULL,
    indicator TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    name TEXT NOT NULL,
    phrase TEXT NOT NULL,
    name_en TEXT NOT NULL,
    measure TEXT NOT NULL,
    decimals BIGINT NOT NULL,
    percent_decimals BIGINT NOT NULL,
    kind TEXT NOT NULL,
    tree_rule TEXT NOT NULL,
    numerator TEXT,
    denominator TEXT,
    direction TEXT NOT NULL,
    price_basis TEXT NOT NULL,
    part_of TEXT,
    parts TEXT NOT NULL,
    field TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    owner TEXT,
    definition TEXT NOT NULL,
    CONSTRAINT indicator_version_pk PRIMARY KEY (tenant, indicator, valid_from),
    CONSTRAINT indicator_version_indicator_fk FOREIGN KEY (tenant, indicator) REFERENCES indicator (tenant, code),
    CONSTRAINT indicator_version_numerator_fk FOREIGN KEY (tenant, numerator) REFERENCES indicator (tenant, code),
    CONSTRAINT indicator_version_denominator_fk FOREIGN KEY (tenant, denominator) REFERENCES indicator (tenant, code),
    CONSTRAINT indicator_version_part_of_fk FOREIGN KEY (tenant, part_of) REFERENCES indicator (tenant, code),
    CONSTRAINT indicator_version_owner_fk FOREIGN KEY (tenant, owner) REFERENCES org_unit (tenant, id)
);

CREATE INDEX indicator_version_numerator_ix ON indicator_version (tenant, numerator);
CREATE INDEX indicator_version_denominator_ix ON indicator_version (tenant, denominator);
CREATE INDEX indicator_version_part_of_ix ON indicator_version (tenant, part_of);
CREATE INDEX indicator_version_owner_ix ON indicator_version (tenant, owner);

CREATE TABLE plan (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    assigner TEXT NOT NULL,
    naming TEXT NOT NULL,
    word TEXT NOT NULL,
    period TEXT NOT NULL,
    number TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    supersedes TEXT,
    origin TEXT NOT NULL,
    low BIGINT,
    low_scale BIGINT,
    high BIGINT,
    high_scale BIGINT,
    source TEXT NOT NULL,
    CONSTRAINT plan_pk PRIMARY KEY (tenant, id),
    CONSTRAINT plan_assigner_fk FOREIGN KEY (tenant, assigner) REFERENCES org_unit (tenant, id),
    CONSTRAINT plan_period_fk FOREIGN KEY (tenant, period) REFERENCES period (tenant, code),
    CONSTRAINT plan_supersedes_fk FOREIGN KEY (tenant, supersedes) REFERENCES plan (tenant, id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX plan_assigner_ix ON plan (tenant, assigner);
CREATE INDEX plan_period_ix ON plan (tenant, period);
CREATE INDEX plan_supersedes_ix ON plan (tenant, supersedes);

CREATE TABLE plan_value (
    tenant TEXT NOT NULL,
    plan TEXT NOT NULL,
    indicator TEXT NOT NULL,
    unit TEXT NOT NULL,
    period TEXT NOT NULL,
    comparator TEXT NOT NULL,
    value BIGINT NOT NULL,
    scale BIGINT NOT NULL,
    origin TEXT NOT NULL,
    low BIGINT,
    low_scale BIGINT,
    high BIGINT,
    high_scale BIGINT,
    source TEXT NOT NULL,
    CONSTRAINT plan_value_pk PRIMARY KEY (tenant, plan, indicator, unit, period),
    CONSTRAINT plan_value_plan_fk FOREIGN KEY (tenant, plan) REFERENCES plan (tenant, id),
    CONSTRAINT plan_value_indicator_fk FOREIGN KEY (tenant, indicator) REFERENCES indicator (tenant, code),
    CONSTRAINT plan_value_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id),
    CONSTRAINT plan_value_period_fk FOREIGN KEY (tenant, period) REFERENCES period (tenant, code)
);

CREATE INDEX plan_value_indicator_ix ON plan_value (tenant, indicator);
CREATE INDEX plan_value_unit_ix ON plan_value (tenant, unit);
CREATE INDEX plan_value_period_ix ON plan_value (tenant, period);
