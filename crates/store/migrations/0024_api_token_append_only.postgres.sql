-- Refuses changes of append-only rows of 0023. A pair, because the engines write triggers in different languages.

CREATE TRIGGER api_token_no_update BEFORE UPDATE ON api_token
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER api_token_no_delete BEFORE DELETE ON api_token
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER api_token_no_truncate BEFORE TRUNCATE ON api_token
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER api_token_revocation_no_update BEFORE UPDATE ON api_token_revocation
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER api_token_revocation_no_delete BEFORE DELETE ON api_token_revocation
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER api_token_revocation_no_truncate BEFORE TRUNCATE ON api_token_revocation
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
