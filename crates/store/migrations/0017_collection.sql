-- Forms, who reports by them, their cycles; changes of figures, and the way of sheets upwards; proposals about plans;
-- issued reports. Entries, events, explanations, answers and issues are only added to (0018).

CREATE TABLE form (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    receiver TEXT NOT NULL,
    every TEXT NOT NULL,
    verification TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    legal_ref TEXT NOT NULL,
    CONSTRAINT form_pk PRIMARY KEY (tenant, id),
    CONSTRAINT form_receiver_fk FOREIGN KEY (tenant, receiver) REFERENCES org_unit (tenant, id)
);

CREATE INDEX form_receiver_ix ON form (tenant, receiver);

CREATE TABLE form_row (
    tenant TEXT NOT NULL,
    form TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    heading TEXT NOT NULL,
    label TEXT NOT NULL,
    indicator TEXT NOT NULL,
    need TEXT NOT NULL,
    CONSTRAINT form_row_pk PRIMARY KEY (tenant, form, ordinal),
    CONSTRAINT form_row_indicator_uq UNIQUE (tenant, form, indicator),
    CONSTRAINT form_row_form_fk FOREIGN KEY (tenant, form) REFERENCES form (tenant, id),
    CONSTRAINT form_row_indicator_fk FOREIGN KEY (tenant, indicator) REFERENCES indicator (tenant, code)
);

CREATE INDEX form_row_indicator_ix ON form_row (tenant, indicator);

-- Either one unit, or every unit directly below one.
CREATE TABLE form_assignment (
    tenant TEXT NOT NULL,
    form TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    unit TEXT,
    below TEXT,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    CONSTRAINT form_assignment_pk PRIMARY KEY (tenant, form, ordinal),
    CONSTRAINT form_assignment_form_fk FOREIGN KEY (tenant, form) REFERENCES form (tenant, id),
    CONSTRAINT form_assignment_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id),
    CONSTRAINT form_assignment_below_fk FOREIGN KEY (tenant, below) REFERENCES org_unit (tenant, id),
    CONSTRAINT form_assignment_to_ck CHECK ((unit IS NULL) <> (below IS NULL))
);

CREATE INDEX form_assignment_unit_ix ON form_assignment (tenant, unit);
CREATE INDEX form_assignment_below_ix ON form_assignment (tenant, below);

CREATE TABLE cycle (
    tenant TEXT NOT NULL,
    form TEXT NOT NULL,
    period TEXT NOT NULL,
    opens_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    grace_until TEXT NOT NULL,
    closes_on TEXT NOT NULL,
    nature TEXT NOT NULL,
    closed_at TEXT,
    closed_by TEXT,
    closed_seq BIGINT,
    CONSTRAINT cycle_pk PRIMARY KEY (tenant, form, period),
    CONSTRAINT cycle_form_fk FOREIGN KEY (tenant, form) REFERENCES form (tenant, id),
    CONSTRAINT cycle_period_fk FOREIGN KEY (tenant, period) REFERENCES period (tenant, code)
);

CREATE INDEX cycle_period_ix ON cycle (tenant, period);

CREATE TABLE cycle_extension (
    tenant TEXT NOT NULL,
    form TEXT NOT NULL,
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    due_on TEXT,
    open_until TEXT NOT NULL,
    reason TEXT NOT NULL,
    granted_by TEXT NOT NULL,
    granted_at TEXT NOT NULL,
    CONSTRAINT cycle_extension_pk PRIMARY KEY (tenant, form, period, unit, ordinal),
    CONSTRAINT cycle_extension_cycle_fk FOREIGN KEY (tenant, form, period) REFERENCES cycle (tenant, form, period),
    CONSTRAINT cycle_extension_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX cycle_extension_unit_ix ON cycle_extension (tenant, unit);

-- A unit whose sheet will not come, with the reason that stands in the printed notes.
CREATE TABLE waiver (
    tenant TEXT NOT NULL,
    form TEXT NOT NULL,
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    reason TEXT NOT NULL,
    granted_by TEXT NOT NULL,
    granted_at TEXT NOT NULL,
    CONSTRAINT waiver_pk PRIMARY KEY (tenant, form, period, unit),
    CONSTRAINT waiver_cycle_fk FOREIGN KEY (tenant, form, period) REFERENCES cycle (tenant, form, period),
    CONSTRAINT waiver_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX waiver_unit_ix ON waiver (tenant, unit);

-- One change of one figure, named by the device; seq is the reading written, found the same, or met in conflict.
CREATE TABLE entry (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    form TEXT NOT NULL,
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    indicator TEXT NOT NULL,
    nature TEXT NOT NULL,
    over_seq BIGINT,
    value BIGINT,
    scale BIGINT,
    absence TEXT,
    note TEXT NOT NULL,
    how TEXT NOT NULL,
    file TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    sheet TEXT NOT NULL,
    place TEXT NOT NULL,
    device_at TEXT,
    settles TEXT,
    entered_by TEXT NOT NULL,
    account TEXT,
    entered_at TEXT NOT NULL,
    outcome TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT entry_pk PRIMARY KEY (tenant, id),
    CONSTRAINT entry_settles_uq UNIQUE (tenant, settles),
    CONSTRAINT entry_form_fk FOREIGN KEY (tenant, form) REFERENCES form (tenant, id),
    CONSTRAINT entry_period_fk FOREIGN KEY (tenant, period) REFERENCES period (tenant, code),
    CONSTRAINT entry_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id),
    CONSTRAINT entry_indicator_fk FOREIGN KEY (tenant, indicator) REFERENCES indicator (tenant, code),
    CONSTRAINT entry_seq_fk FOREIGN KEY (tenant, seq) REFERENCES observation (tenant, seq),
    CONSTRAINT entry_value_ck CHECK ((value IS NULL) = (scale IS NULL)),
    CONSTRAINT entry_absence_ck CHECK ((value IS NULL) <> (absence IS NULL))
);

CREATE INDEX entry_sheet_ix ON entry (tenant, form, period, unit);
CREATE INDEX entry_period_ix ON entry (tenant, period);
CREATE INDEX entry_unit_ix ON entry (tenant, unit);
CREATE INDEX entry_indicator_ix ON entry (tenant, indicator);
CREATE INDEX entry_seq_ix ON entry (tenant, seq);

CREATE TABLE submission_event (
    tenant TEXT NOT NULL,
    form TEXT NOT NULL,
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    verb TEXT NOT NULL,
    state TEXT NOT NULL,
    revision BIGINT NOT NULL,
    done_by TEXT NOT NULL,
    account TEXT,
    done_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT submission_event_pk PRIMARY KEY (tenant, form, period, unit, ordinal),
    CONSTRAINT submission_event_cycle_fk FOREIGN KEY (tenant, form, period) REFERENCES cycle (tenant, form, period),
    CONSTRAINT submission_event_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX submission_event_unit_ix ON submission_event (tenant, unit);

-- Cells that a step names: sent back, or left out of an acceptance.
CREATE TABLE submission_cell (
    tenant TEXT NOT NULL,
    form TEXT NOT NULL,
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    indicator TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT submission_cell_pk PRIMARY KEY (tenant, form, period, unit, ordinal, indicator),
    CONSTRAINT submission_cell_event_fk FOREIGN KEY (tenant, form, period, unit, ordinal) REFERENCES submission_event (tenant, form, period, unit, ordinal),
    CONSTRAINT submission_cell_indicator_fk FOREIGN KEY (tenant, indicator) REFERENCES indicator (tenant, code)
);

CREATE INDEX submission_cell_indicator_ix ON submission_cell (tenant, indicator);

-- The readings that stood in a sheet when it was sent.
CREATE TABLE submission_pin (
    tenant TEXT NOT NULL,
    form TEXT NOT NULL,
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT submission_pin_pk PRIMARY KEY (tenant, form, period, unit, ordinal, seq),
    CONSTRAINT submission_pin_event_fk FOREIGN KEY (tenant, form, period, unit, ordinal) REFERENCES submission_event (tenant, form, period, unit, ordinal),
    CONSTRAINT submission_pin_seq_fk FOREIGN KEY (tenant, seq) REFERENCES observation (tenant, seq)
);

CREATE INDEX submission_pin_seq_ix ON submission_pin (tenant, seq);

-- What a unit answered to a finding; fingerprint names the numbers it speaks of.
CREATE TABLE explanation (
    tenant TEXT NOT NULL,
    form TEXT NOT NULL,
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    rule TEXT NOT NULL,
    indicator TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    text TEXT NOT NULL,
    written_by TEXT NOT NULL,
    written_at TEXT NOT NULL,
    CONSTRAINT explanation_pk PRIMARY KEY (tenant, form, period, unit, ordinal),
    CONSTRAINT explanation_cycle_fk FOREIGN KEY (tenant, form, period) REFERENCES cycle (tenant, form, period),
    CONSTRAINT explanation_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id),
    CONSTRAINT explanation_indicator_fk FOREIGN KEY (tenant, indicator) REFERENCES indicator (tenant, code)
);

CREATE INDEX explanation_unit_ix ON explanation (tenant, unit);
CREATE INDEX explanation_indicator_ix ON explanation (tenant, indicator);

-- What a unit would rather have as its target; only the assigner answers.
CREATE TABLE plan_proposal (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    plan TEXT NOT NULL,
    indicator TEXT NOT NULL,
    unit TEXT NOT NULL,
    period TEXT NOT NULL,
    value BIGINT NOT NULL,
    scale BIGINT NOT NULL,
    reason TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    CONSTRAINT plan_proposal_pk PRIMARY KEY (tenant, id),
    CONSTRAINT plan_proposal_value_fk FOREIGN KEY (tenant, plan, indicator, unit, period) REFERENCES plan_value (tenant, plan, indicator, unit, period)
);

CREATE INDEX plan_proposal_value_ix ON plan_proposal (tenant, plan, indicator, unit, period);

CREATE TABLE plan_answer (
    tenant TEXT NOT NULL,
    proposal TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    revision TEXT,
    answered_by TEXT NOT NULL,
    answered_at TEXT NOT NULL,
    CONSTRAINT plan_answer_pk PRIMARY KEY (tenant, proposal),
    CONSTRAINT plan_answer_proposal_fk FOREIGN KEY (tenant, proposal) REFERENCES plan_proposal (tenant, id),
    CONSTRAINT plan_answer_revision_fk FOREIGN KEY (tenant, revision) REFERENCES plan (tenant, id)
);

CREATE INDEX plan_answer_revision_ix ON plan_answer (tenant, revision);

-- An issued report: its files as they were, and the last reading that was known.
CREATE TABLE report_issue (
    tenant TEXT NOT NULL,
    report TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    issued_by TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    as_of_seq BIGINT NOT NULL,
    docx BYTEA NOT NULL,
    pdf BYTEA NOT NULL,
    CONSTRAINT report_issue_pk PRIMARY KEY (tenant, report, ordinal),
    CONSTRAINT report_issue_report_fk FOREIGN KEY (tenant, report) REFERENCES report (tenant, id)
);

-- Which readings an issued report printed.
CREATE TABLE report_use (
    tenant TEXT NOT NULL,
    report TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT report_use_pk PRIMARY KEY (tenant, report, ordinal, seq),
    CONSTRAINT report_use_issue_fk FOREIGN KEY (tenant, report, ordinal) REFERENCES report_issue (tenant, report, ordinal),
    CONSTRAINT report_use_seq_fk FOREIGN KEY (tenant, seq) REFERENCES observation (tenant, seq)
);

CREATE INDEX report_use_seq_ix ON report_use (tenant, seq);
