-- Refuses changes of append-only rows of 0023. A pair, because the engines write triggers in different languages.

CREATE TRIGGER api_token_no_update BEFORE UPDATE ON api_token
BEGIN
    SELECT RAISE(ABORT, 'api_token is append-only');
END;

CREATE TRIGGER api_token_no_delete BEFORE DELETE ON api_token
BEGIN
    SELECT RAISE(ABORT, 'api_token is append-only');
END;

CREATE TRIGGER api_token_revocation_no_update BEFORE UPDATE ON api_token_revocation
BEGIN
    SELECT RAISE(ABORT, 'api_token_revocation is append-only');
END;

CREATE TRIGGER api_token_revocation_no_delete BEFORE DELETE ON api_token_revocation
BEGIN
    SELECT RAISE(ABORT, 'api_token_revocation is append-only');
END;
