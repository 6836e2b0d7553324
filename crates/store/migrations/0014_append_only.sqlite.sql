-- Refuses changes of append-only rows. A pair, because the engines write triggers in different languages;
-- PostgreSQL also gets the function json_each(text), which SQLite has built in and our lists are read with.

CREATE TRIGGER observation_no_update BEFORE UPDATE ON observation
BEGIN
    SELECT RAISE(ABORT, 'observation is append-only');
END;

CREATE TRIGGER observation_no_delete BEFORE DELETE ON observation
BEGIN
    SELECT RAISE(ABORT, 'observation is append-only');
END;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;
