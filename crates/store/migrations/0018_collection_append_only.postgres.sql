-- Refuses changes of append-only rows of 0017. A pair, because the engines write triggers in different languages.

CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON entry
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cycle_extension_no_update BEFORE UPDATE ON cycle_extension
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cycle_extension_no_delete BEFORE DELETE ON cycle_extension
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cycle_extension_no_truncate BEFORE TRUNCATE ON cycle_extension
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER waiver_no_update BEFORE UPDATE ON waiver
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER waiver_no_delete BEFORE DELETE ON waiver
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER waiver_no_truncate BEFORE TRUNCATE ON waiver
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER submission_event_no_update BEFORE UPDATE ON submission_event
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER submission_event_no_delete BEFORE DELETE ON submission_event
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER submission_event_no_truncate BEFORE TRUNCATE ON submission_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER submission_cell_no_update BEFORE UPDATE ON submission_cell
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER submission_cell_no_delete BEFORE DELETE ON submission_cell
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER submission_cell_no_truncate BEFORE TRUNCATE ON submission_cell
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER submission_pin_no_update BEFORE UPDATE ON submission_pin
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER submission_pin_no_delete BEFORE DELETE ON submission_pin
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER submission_pin_no_truncate BEFORE TRUNCATE ON submission_pin
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER explanation_no_update BEFORE UPDATE ON explanation
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER explanation_no_delete BEFORE DELETE ON explanation
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER explanation_no_truncate BEFORE TRUNCATE ON explanation
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER plan_proposal_no_update BEFORE UPDATE ON plan_proposal
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER plan_proposal_no_delete BEFORE DELETE ON plan_proposal
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER plan_proposal_no_truncate BEFORE TRUNCATE ON plan_proposal
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER plan_answer_no_update BEFORE UPDATE ON plan_answer
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER plan_answer_no_delete BEFORE DELETE ON plan_answer
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER plan_answer_no_truncate BEFORE TRUNCATE ON plan_answer
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER report_issue_no_update BEFORE UPDATE ON report_issue
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER report_issue_no_delete BEFORE DELETE ON report_issue
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER report_issue_no_truncate BEFORE TRUNCATE ON report_issue
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER report_use_no_update BEFORE UPDATE ON report_use
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER report_use_no_delete BEFORE DELETE ON report_use
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER report_use_no_truncate BEFORE TRUNCATE ON report_use
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER form_row_no_update BEFORE UPDATE ON form_row
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER form_row_no_delete BEFORE DELETE ON form_row
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER form_row_no_truncate BEFORE TRUNCATE ON form_row
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
