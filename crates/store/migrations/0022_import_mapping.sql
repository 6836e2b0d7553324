-- What a person confirmed about lists with certain headings, so that it is asked once. Replaced when confirmed anew;
-- who confirmed what stands in the audit.

CREATE TABLE import_mapping (
    tenant TEXT NOT NULL,
    form TEXT NOT NULL,
    signature TEXT NOT NULL,
    mapping TEXT NOT NULL,
    confirmed_by TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    CONSTRAINT import_mapping_pk PRIMARY KEY (tenant, form, signature),
    CONSTRAINT import_mapping_form_fk FOREIGN KEY (tenant, form) REFERENCES form (tenant, id)
);
