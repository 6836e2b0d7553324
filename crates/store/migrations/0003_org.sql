-- Units with their dated versions, dated trees, and what happened to units.

CREATE TABLE org_unit (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    CONSTRAINT org_unit_pk PRIMARY KEY (tenant, id),
    CONSTRAINT org_unit_tenant_fk FOREIGN KEY (tenant) REFERENCES tenant (tenant)
);

CREATE TABLE org_unit_version (
    tenant TEXT NOT NULL,
    unit TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    legal_ref TEXT NOT NULL,
    origin TEXT NOT NULL,
    low BIGINT,
    low_scale BIGINT,
    high BIGINT,
    high_scale BIGINT,
    source TEXT NOT NULL,
    CONSTRAINT org_unit_version_pk PRIMARY KEY (tenant, unit, valid_from),
    CONSTRAINT org_unit_version_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE TABLE org_tree (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    CONSTRAINT org_tree_pk PRIMARY KEY (tenant, id),
    CONSTRAINT org_tree_tenant_fk FOREIGN KEY (tenant) REFERENCES tenant (tenant)
);

CREATE TABLE org_edge (
    tenant TEXT NOT NULL,
    tree TEXT NOT NULL,
    child TEXT NOT NULL,
    parent TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    CONSTRAINT org_edge_pk PRIMARY KEY (tenant, tree, child, valid_from),
    CONSTRAINT org_edge_tree_fk FOREIGN KEY (tenant, tree) REFERENCES org_tree (tenant, id),
    CONSTRAINT org_edge_child_fk FOREIGN KEY (tenant, child) REFERENCES org_unit (tenant, id),
    CONSTRAINT org_edge_parent_fk FOREIGN KEY (tenant, parent) REFERENCES org_unit (tenant, id)
);

CREATE INDEX org_edge_child_ix ON org_edge (tenant, child);
CREATE INDEX org_edge_parent_ix ON org_edge (tenant, parent);

CREATE TABLE org_event (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    legal_ref TEXT NOT NULL,
    CONSTRAINT org_event_pk PRIMARY KEY (tenant, id),
    CONSTRAINT org_event_tenant_fk FOREIGN KEY (tenant) REFERENCES tenant (tenant)
);

CREATE TABLE org_link (
    tenant TEXT NOT NULL,
    event TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    from_unit TEXT NOT NULL,
    to_unit TEXT NOT NULL,
    portion TEXT NOT NULL,
    CONSTRAINT org_link_pk PRIMARY KEY (tenant, event, ordinal),
    CONSTRAINT org_link_arrow_uq UNIQUE (tenant, event, from_unit, to_unit),
    CONSTRAINT org_link_event_fk FOREIGN KEY (tenant, event) REFERENCES org_event (tenant, id),
    CONSTRAINT org_link_from_fk FOREIGN KEY (tenant, from_unit) REFERENCES org_unit (tenant, id),
    CONSTRAINT org_link_to_fk FOREIGN KEY (tenant, to_unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX org_link_from_ix ON org_link (tenant, from_unit);
CREATE INDEX org_link_to_ix ON org_link (tenant, to_unit);
