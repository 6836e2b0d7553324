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

CREATE TRIGGER passage_no_update BEFORE UPDATE ON passage
BEGIN
    SELECT RAISE(ABORT, 'passage is append-only');
END;

CREATE TRIGGER passage_no_delete BEFORE DELETE ON passage
BEGIN
    SELECT RAISE(ABORT, 'passage is append-only');
END;

CREATE TRIGGER figure_override_no_update BEFORE UPDATE ON figure_override
BEGIN
    SELECT RAISE(ABORT, 'figure_override is append-only');
END;

CREATE TRIGGER figure_override_no_delete BEFORE DELETE ON figure_override
BEGIN
    SELECT RAISE(ABORT, 'figure_override is append-only');
END;

CREATE TRIGGER plan_value_no_update BEFORE UPDATE ON plan_value
BEGIN
    SELECT RAISE(ABORT, 'plan_value is append-only');
END;

CREATE TRIGGER plan_value_no_delete BEFORE DELETE ON plan_value
BEGIN
    SELECT RAISE(ABORT, 'plan_value is append-only');
END;

CREATE TRIGGER recognition_no_update BEFORE UPDATE ON recognition
BEGIN
    SELECT RAISE(ABORT, 'recognition is append-only');
END;

CREATE TRIGGER recognition_no_delete BEFORE DELETE ON recognition
BEGIN
    SELECT RAISE(ABORT, 'recognition is append-only');
END;
