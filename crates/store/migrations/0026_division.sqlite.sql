-- How much of a divided unit went to each heir, as people entered it from documents; only added to.
-- A further revision replaces the one before, and both replace what a pack told. A pair, because the engines write triggers
-- in different languages.

CREATE TABLE org_division (
    tenant TEXT NOT NULL,
    from_unit TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    basis TEXT NOT NULL,
    revision BIGINT NOT NULL,
    event TEXT NOT NULL,
    to_unit TEXT NOT NULL,
    numerator BIGINT NOT NULL,
    denominator BIGINT NOT NULL,
    source TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    CONSTRAINT org_division_pk PRIMARY KEY (tenant, from_unit, effective_on, basis, revision, to_unit),
    CONSTRAINT org_division_link_fk FOREIGN KEY (tenant, event, from_unit, to_unit)
        REFERENCES org_link (tenant, event, from_unit, to_unit)
);

CREATE INDEX org_division_link_ix ON org_division (tenant, event, from_unit, to_unit);

CREATE TRIGGER org_division_no_update BEFORE UPDATE ON org_division
BEGIN
    SELECT RAISE(ABORT, 'org_division is append-only');
END;

CREATE TRIGGER org_division_no_delete BEFORE DELETE ON org_division
BEGIN
    SELECT RAISE(ABORT, 'org_division is append-only');
END;
