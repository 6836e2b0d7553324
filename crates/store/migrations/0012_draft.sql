-- What a person typed into a report: passages by version, and printed figures replaced by hand.

CREATE TABLE passage (
    tenant TEXT NOT NULL,
    report TEXT NOT NULL,
    slot TEXT NOT NULL,
    version BIGINT NOT NULL,
    text TEXT NOT NULL,
    author TEXT NOT NULL,
    written_at TEXT NOT NULL,
    CONSTRAINT passage_pk PRIMARY KEY (tenant, report, slot, version),
    CONSTRAINT passage_report_fk FOREIGN KEY (tenant, report) REFERENCES report (tenant, id)
);

CREATE TABLE figure_override (
    tenant TEXT NOT NULL,
    report TEXT NOT NULL,
    line TEXT NOT NULL,
    seq BIGINT NOT NULL,
    computed TEXT NOT NULL,
    printed TEXT NOT NULL,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    CONSTRAINT figure_override_pk PRIMARY KEY (tenant, report, line, seq),
    CONSTRAINT figure_override_report_fk FOREIGN KEY (tenant, report) REFERENCES report (tenant, id)
);
