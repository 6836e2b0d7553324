-- Findings of a period, the indicators they speak of, and the tasks ahead.

CREATE TABLE finding (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    owner TEXT,
    text TEXT NOT NULL,
    status TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    origin TEXT NOT NULL,
    low BIGINT,
    low_scale BIGINT,
    high BIGINT,
    high_scale BIGINT,
    source TEXT NOT NULL,
    CONSTRAINT finding_pk PRIMARY KEY (tenant, id),
    CONSTRAINT finding_period_fk FOREIGN KEY (tenant, period) REFERENCES period (tenant, code),
    CONSTRAINT finding_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id),
    CONSTRAINT finding_owner_fk FOREIGN KEY (tenant, owner) REFERENCES org_unit (tenant, id)
);

CREATE INDEX finding_period_ix ON finding (tenant, period);
CREATE INDEX finding_unit_ix ON finding (tenant, unit);
CREATE INDEX finding_owner_ix ON finding (tenant, owner);

CREATE TABLE finding_indicator (
    tenant TEXT NOT NULL,
    finding TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    indicator TEXT NOT NULL,
    CONSTRAINT finding_indicator_pk PRIMARY KEY (tenant, finding, ordinal),
    CONSTRAINT finding_indicator_finding_fk FOREIGN KEY (tenant, finding) REFERENCES finding (tenant, id),
    CONSTRAINT finding_indicator_indicator_fk FOREIGN KEY (tenant, indicator) REFERENCES indicator (tenant, code)
);

CREATE INDEX finding_indicator_indicator_ix ON finding_indicator (tenant, indicator);

CREATE TABLE task (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    owner TEXT,
    text TEXT NOT NULL,
    status TEXT NOT NULL,
    due_on TEXT,
    ordinal BIGINT NOT NULL,
    origin TEXT NOT NULL,
    low BIGINT,
    low_scale BIGINT,
    high BIGINT,
    high_scale BIGINT,
    source TEXT NOT NULL,
    CONSTRAINT task_pk PRIMARY KEY (tenant, id),
    CONSTRAINT task_period_fk FOREIGN KEY (tenant, period) REFERENCES period (tenant, code),
    CONSTRAINT task_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id),
    CONSTRAINT task_owner_fk FOREIGN KEY (tenant, owner) REFERENCES org_unit (tenant, id)
);

CREATE INDEX task_period_ix ON task (tenant, period);
CREATE INDEX task_unit_ix ON task (tenant, unit);
CREATE INDEX task_owner_ix ON task (tenant, owner);
