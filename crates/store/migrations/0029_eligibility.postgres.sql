-- What responsible persons answered where the law book asks a person; only added to: the newest answer counts, one that
-- says `open` takes the ones before it back. `said` is the condition as it was read to whoever answered.
-- A pair, because the engines write triggers in different languages; the table is the same in both.

CREATE TABLE condition_answer (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    subject TEXT NOT NULL,
    number BIGINT NOT NULL,
    honour TEXT NOT NULL,
    year BIGINT NOT NULL,
    path TEXT NOT NULL,
    said TEXT NOT NULL,
    reply TEXT NOT NULL,
    asked_on TEXT NOT NULL,
    book TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    answered_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT condition_answer_pk PRIMARY KEY (tenant, id),
    CONSTRAINT condition_answer_number_uq UNIQUE (tenant, subject, number),
    CONSTRAINT condition_answer_subject_fk FOREIGN KEY (tenant, subject) REFERENCES subject (tenant, id),
    CONSTRAINT condition_answer_reply_ck CHECK (reply IN ('yes', 'no', 'open')),
    CONSTRAINT condition_answer_reason_ck CHECK (reason <> '')
);

CREATE INDEX condition_answer_subject_ix ON condition_answer (tenant, subject, honour, year);

CREATE TRIGGER condition_answer_no_update BEFORE UPDATE ON condition_answer
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER condition_answer_no_delete BEFORE DELETE ON condition_answer
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER condition_answer_no_truncate BEFORE TRUNCATE ON condition_answer
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
