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
