-- Legal instruments: number, right title, dates in force.

-- shared: the law is one for all tenants
CREATE TABLE instrument (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    issuer TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    in_force_from TEXT NOT NULL,
    in_force_to TEXT,
    replaced_by TEXT,
    CONSTRAINT instrument_pk PRIMARY KEY (id),
    CONSTRAINT instrument_replaced_by_fk FOREIGN KEY (replaced_by) REFERENCES instrument (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX instrument_replaced_by_ix ON instrument (replaced_by);
