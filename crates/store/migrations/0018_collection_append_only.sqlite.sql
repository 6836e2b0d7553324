-- Refuses changes of append-only rows of 0017. A pair, because the engines write triggers in different languages.

CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
BEGIN
    SELECT RAISE(ABORT, 'entry is append-only');
END;

CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry
BEGIN
    SELECT RAISE(ABORT, 'entry is append-only');
END;

CREATE TRIGGER cycle_extension_no_update BEFORE UPDATE ON cycle_extension
BEGIN
    SELECT RAISE(ABORT, 'cycle_extension is append-only');
END;

CREATE TRIGGER cycle_extension_no_delete BEFORE DELETE ON cycle_extension
BEGIN
    SELECT RAISE(ABORT, 'cycle_extension is append-only');
END;

CREATE TRIGGER waiver_no_update BEFORE UPDATE ON waiver
BEGIN
    SELECT RAISE(ABORT, 'waiver is append-only');
END;

CREATE TRIGGER waiver_no_delete BEFORE DELETE ON waiver
BEGIN
    SELECT RAISE(ABORT, 'waiver is append-only');
END;

CREATE TRIGGER submission_event_no_update BEFORE UPDATE ON submission_event
BEGIN
    SELECT RAISE(ABORT, 'submission_event is append-only');
END;

CREATE TRIGGER submission_event_no_delete BEFORE DELETE ON submission_event
BEGIN
    SELECT RAISE(ABORT, 'submission_event is append-only');
END;

CREATE TRIGGER submission_cell_no_update BEFORE UPDATE ON submission_cell
BEGIN
    SELECT RAISE(ABORT, 'submission_cell is append-only');
END;

CREATE TRIGGER submission_cell_no_delete BEFORE DELETE ON submission_cell
BEGIN
    SELECT RAISE(ABORT, 'submission_cell is append-only');
END;

CREATE TRIGGER submission_pin_no_update BEFORE UPDATE ON submission_pin
BEGIN
    SELECT RAISE(ABORT, 'submission_pin is append-only');
END;

CREATE TRIGGER submission_pin_no_delete BEFORE DELETE ON submission_pin
BEGIN
    SELECT RAISE(ABORT, 'submission_pin is append-only');
END;

CREATE TRIGGER explanation_no_update BEFORE UPDATE ON explanation
BEGIN
    SELECT RAISE(ABORT, 'explanation is append-only');
END;

CREATE TRIGGER explanation_no_delete BEFORE DELETE ON explanation
BEGIN
    SELECT RAISE(ABORT, 'explanation is append-only');
END;

CREATE TRIGGER plan_proposal_no_update BEFORE UPDATE ON plan_proposal
BEGIN
    SELECT RAISE(ABORT, 'plan_proposal is append-only');
END;

CREATE TRIGGER plan_proposal_no_delete BEFORE DELETE ON plan_proposal
BEGIN
    SELECT RAISE(ABORT, 'plan_proposal is append-only');
END;

CREATE TRIGGER plan_answer_no_update BEFORE UPDATE ON plan_answer
BEGIN
    SELECT RAISE(ABORT, 'plan_answer is append-only');
END;

CREATE TRIGGER plan_answer_no_delete BEFORE DELETE ON plan_answer
BEGIN
    SELECT RAISE(ABORT, 'plan_answer is append-only');
END;

CREATE TRIGGER report_issue_no_update BEFORE UPDATE ON report_issue
BEGIN
    SELECT RAISE(ABORT, 'report_issue is append-only');
END;

CREATE TRIGGER report_issue_no_delete BEFORE DELETE ON report_issue
BEGIN
    SELECT RAISE(ABORT, 'report_issue is append-only');
END;

CREATE TRIGGER report_use_no_update BEFORE UPDATE ON report_use
BEGIN
    SELECT RAISE(ABORT, 'report_use is append-only');
END;

CREATE TRIGGER report_use_no_delete BEFORE DELETE ON report_use
BEGIN
    SELECT RAISE(ABORT, 'report_use is append-only');
END;

CREATE TRIGGER form_row_no_update BEFORE UPDATE ON form_row
BEGIN
    SELECT RAISE(ABORT, 'form_row is append-only');
END;

CREATE TRIGGER form_row_no_delete BEFORE DELETE ON form_row
BEGIN
    SELECT RAISE(ABORT, 'form_row is append-only');
END;
