-- How much of a divided unit each heir got, by a basis such as its population.

CREATE TABLE org_share (
    tenant TEXT NOT NULL,
    event TEXT NOT NULL,
    from_unit TEXT NOT NULL,
    to_unit TEXT NOT NULL,
    basis TEXT NOT NULL,
    numerator BIGINT NOT NULL,
    denominator BIGINT NOT NULL,
    source TEXT NOT NULL,
    CONSTRAINT org_share_pk PRIMARY KEY (tenant, event, from_unit, to_unit, basis),
    CONSTRAINT org_share_link_fk FOREIGN KEY (tenant, event, from_unit, to_unit)
        REFERENCES org_link (tenant, event, from_unit, to_unit)
);
