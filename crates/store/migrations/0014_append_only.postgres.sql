-- Refuses changes of append-only rows. A pair, because the engines write triggers in different languages;
-- PostgreSQL also gets the function json_each(text), which SQLite has built in and our lists are read with.

CREATE FUNCTION json_each(list TEXT) RETURNS TABLE (value TEXT)
LANGUAGE sql IMMUTABLE ROWS 20
AS $$ SELECT json_array_elements_text(CAST(list AS JSON)) $$;

CREATE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER observation_no_update BEFORE UPDATE ON observation
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER observation_no_delete BEFORE DELETE ON observation
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER observation_no_truncate BEFORE TRUNCATE ON observation
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER passage_no_update BEFORE UPDATE ON passage
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER passage_no_delete BEFORE DELETE ON passage
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER passage_no_truncate BEFORE TRUNCATE ON passage
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER figure_override_no_update BEFORE UPDATE ON figure_override
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER figure_override_no_delete BEFORE DELETE ON figure_override
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER figure_override_no_truncate BEFORE TRUNCATE ON figure_override
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER plan_value_no_update BEFORE UPDATE ON plan_value
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER plan_value_no_delete BEFORE DELETE ON plan_value
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER plan_value_no_truncate BEFORE TRUNCATE ON plan_value
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER recognition_no_update BEFORE UPDATE ON recognition
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER recognition_no_delete BEFORE DELETE ON recognition
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER recognition_no_truncate BEFORE TRUNCATE ON recognition
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
