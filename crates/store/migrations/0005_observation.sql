-- What was reported. Rows are only added; a correction is a new row that supersedes the old one.
-- A row is superseded once and by a row of the same cell, so every cell has one line of history for each
-- first report. A value and an absence exclude each other: zero is a value, an absence is never a number.

CREATE TABLE observation (
    tenant TEXT NOT NULL,
    seq BIGINT NOT NULL,
    indicator TEXT NOT NULL,
    unit TEXT NOT NULL,
    period TEXT NOT NULL,
    nature TEXT NOT NULL,
    value BIGINT,
    scale BIGINT,
    absence TEXT,
    qualifier TEXT NOT NULL,
    as_of TEXT,
    origin TEXT NOT NULL,
    low BIGINT,
    low_scale BIGINT,
    high BIGINT,
    high_scale BIGINT,
    source TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    supersedes BIGINT,
    reason TEXT NOT NULL,
    CONSTRAINT observation_pk PRIMARY KEY (tenant, seq),
    CONSTRAINT observation_cell_uq UNIQUE (tenant, indicator, unit, period, seq),
    CONSTRAINT observation_supersedes_uq UNIQUE (tenant, supersedes),
    CONSTRAINT observation_indicator_fk FOREIGN KEY (tenant, indicator) REFERENCES indicator (tenant, code),
    CONSTRAINT observation_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id),
    CONSTRAINT observation_period_fk FOREIGN KEY (tenant, period) REFERENCES period (tenant, code),
    CONSTRAINT observation_supersedes_fk FOREIGN KEY (tenant, indicator, unit, period, supersedes) REFERENCES observation (tenant, indicator, unit, period, seq) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT observation_value_ck CHECK ((value IS NULL) = (scale IS NULL)),
    CONSTRAINT observation_absence_ck CHECK ((value IS NULL) <> (absence IS NULL))
);

CREATE UNIQUE INDEX observation_first_uq ON observation (tenant, indicator, unit, period, nature) WHERE supersedes IS NULL;
CREATE INDEX observation_unit_ix ON observation (tenant, unit);
CREATE INDEX observation_period_ix ON observation (tenant, period, unit);
