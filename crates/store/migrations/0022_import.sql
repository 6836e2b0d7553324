-- What a person confirmed about lists with certain headings, so that it is asked once: replaced when confirmed anew.
-- And files that were sent and wait to be confirmed: one for each person, gone within the hour.

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

CREATE TABLE import_upload (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    form TEXT NOT NULL,
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    sent_by TEXT NOT NULL,
    file TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    expires_at TEXT NOT NULL,
    CONSTRAINT import_upload_pk PRIMARY KEY (tenant, id),
    CONSTRAINT import_upload_cycle_fk FOREIGN KEY (tenant, form, period) REFERENCES cycle (tenant, form, period),
    CONSTRAINT import_upload_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX import_upload_cycle_ix ON import_upload (tenant, form, period);
CREATE INDEX import_upload_unit_ix ON import_upload (tenant, unit);
CREATE INDEX import_upload_sent_by_ix ON import_upload (tenant, sent_by);
