-- The clerk's desk: reports, the document register, recipients, and who may sign for whom.

CREATE TABLE report (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    form TEXT NOT NULL,
    unit TEXT NOT NULL,
    period TEXT NOT NULL,
    superior TEXT,
    dated TEXT NOT NULL,
    CONSTRAINT report_pk PRIMARY KEY (tenant, id),
    CONSTRAINT report_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id),
    CONSTRAINT report_period_fk FOREIGN KEY (tenant, period) REFERENCES period (tenant, code),
    CONSTRAINT report_superior_fk FOREIGN KEY (tenant, superior) REFERENCES org_unit (tenant, id)
);

CREATE INDEX report_unit_ix ON report (tenant, unit);
CREATE INDEX report_period_ix ON report (tenant, period);
CREATE INDEX report_superior_ix ON report (tenant, superior);

CREATE TABLE document (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    number BIGINT,
    symbol TEXT NOT NULL,
    issued_on TEXT,
    place TEXT NOT NULL,
    abstract_line TEXT NOT NULL,
    report TEXT,
    CONSTRAINT document_pk PRIMARY KEY (tenant, id),
    CONSTRAINT document_report_uq UNIQUE (tenant, report),
    CONSTRAINT document_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id),
    CONSTRAINT document_report_fk FOREIGN KEY (tenant, report) REFERENCES report (tenant, id)
);

CREATE INDEX document_unit_ix ON document (tenant, unit);

CREATE TABLE recipient (
    tenant TEXT NOT NULL,
    document TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    text TEXT NOT NULL,
    addressing TEXT NOT NULL,
    CONSTRAINT recipient_pk PRIMARY KEY (tenant, document, ordinal),
    CONSTRAINT recipient_document_fk FOREIGN KEY (tenant, document) REFERENCES document (tenant, id)
);

CREATE TABLE signing_authority (
    tenant TEXT NOT NULL,
    unit TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    signer TEXT NOT NULL,
    CONSTRAINT signing_authority_pk PRIMARY KEY (tenant, unit, valid_from),
    CONSTRAINT signing_authority_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE TABLE signing_line (
    tenant TEXT NOT NULL,
    unit TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT signing_line_pk PRIMARY KEY (tenant, unit, valid_from, ordinal),
    CONSTRAINT signing_line_authority_fk FOREIGN KEY (tenant, unit, valid_from) REFERENCES signing_authority (tenant, unit, valid_from)
);
