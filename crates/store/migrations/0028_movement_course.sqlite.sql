-- What movements ask and of whom; their way to the final review; units called on, registrations, pledges, progress, answers.
-- All but the terms, which are written anew until the launch, are only added to; the triggers make this a pair.

CREATE TABLE movement_terms (
    tenant TEXT NOT NULL,
    movement TEXT NOT NULL,
    launcher TEXT NOT NULL,
    parent TEXT,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    register_by TEXT NOT NULL,
    CONSTRAINT movement_terms_pk PRIMARY KEY (tenant, movement),
    CONSTRAINT movement_terms_movement_fk FOREIGN KEY (tenant, movement) REFERENCES movement (tenant, code),
    CONSTRAINT movement_terms_launcher_fk FOREIGN KEY (tenant, launcher) REFERENCES org_unit (tenant, id),
    CONSTRAINT movement_terms_parent_fk FOREIGN KEY (tenant, parent) REFERENCES movement (tenant, code)
);

CREATE INDEX movement_terms_launcher_ix ON movement_terms (tenant, launcher);
CREATE INDEX movement_terms_parent_ix ON movement_terms (tenant, parent);

-- Contents, criteria, standards and the people addressed, line by line.
CREATE TABLE movement_line (
    tenant TEXT NOT NULL,
    movement TEXT NOT NULL,
    part TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    line TEXT NOT NULL,
    CONSTRAINT movement_line_pk PRIMARY KEY (tenant, movement, part, ordinal),
    CONSTRAINT movement_line_movement_fk FOREIGN KEY (tenant, movement) REFERENCES movement_terms (tenant, movement)
);

CREATE TABLE movement_milestone (
    tenant TEXT NOT NULL,
    movement TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    act TEXT NOT NULL,
    day TEXT,
    note TEXT NOT NULL,
    done_by TEXT NOT NULL,
    account TEXT,
    done_at TEXT NOT NULL,
    CONSTRAINT movement_milestone_pk PRIMARY KEY (tenant, movement, ordinal),
    CONSTRAINT movement_milestone_movement_fk FOREIGN KEY (tenant, movement) REFERENCES movement (tenant, code)
);

CREATE TABLE movement_call (
    tenant TEXT NOT NULL,
    movement TEXT NOT NULL,
    unit TEXT NOT NULL,
    register_by TEXT NOT NULL,
    CONSTRAINT movement_call_pk PRIMARY KEY (tenant, movement, unit),
    CONSTRAINT movement_call_movement_fk FOREIGN KEY (tenant, movement) REFERENCES movement (tenant, code),
    CONSTRAINT movement_call_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX movement_call_unit_ix ON movement_call (tenant, unit);

CREATE TABLE pledge_event (
    tenant TEXT NOT NULL,
    movement TEXT NOT NULL,
    unit TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    act TEXT NOT NULL,
    promise TEXT NOT NULL,
    position TEXT NOT NULL,
    reason TEXT NOT NULL,
    done_by TEXT NOT NULL,
    account TEXT,
    done_at TEXT NOT NULL,
    CONSTRAINT pledge_event_pk PRIMARY KEY (tenant, movement, unit, ordinal),
    CONSTRAINT pledge_event_call_fk FOREIGN KEY (tenant, movement, unit)
        REFERENCES movement_call (tenant, movement, unit)
);

CREATE TABLE pledge_title (
    tenant TEXT NOT NULL,
    movement TEXT NOT NULL,
    unit TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    place BIGINT NOT NULL,
    honour TEXT NOT NULL,
    CONSTRAINT pledge_title_pk PRIMARY KEY (tenant, movement, unit, ordinal, place),
    CONSTRAINT pledge_title_event_fk FOREIGN KEY (tenant, movement, unit, ordinal)
        REFERENCES pledge_event (tenant, movement, unit, ordinal)
);

CREATE TABLE pledge_target (
    tenant TEXT NOT NULL,
    movement TEXT NOT NULL,
    unit TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    place BIGINT NOT NULL,
    indicator TEXT NOT NULL,
    period TEXT NOT NULL,
    value BIGINT NOT NULL,
    scale BIGINT NOT NULL,
    assigned BIGINT,
    assigned_scale BIGINT,
    CONSTRAINT pledge_target_pk PRIMARY KEY (tenant, movement, unit, ordinal, place),
    CONSTRAINT pledge_target_event_fk FOREIGN KEY (tenant, movement, unit, ordinal)
        REFERENCES pledge_event (tenant, movement, unit, ordinal),
    CONSTRAINT pledge_target_indicator_fk FOREIGN KEY (tenant, indicator) REFERENCES indicator (tenant, code),
    CONSTRAINT pledge_target_assigned_ck CHECK ((assigned IS NULL) = (assigned_scale IS NULL))
);

CREATE INDEX pledge_target_indicator_ix ON pledge_target (tenant, indicator);

CREATE TABLE movement_progress (
    tenant TEXT NOT NULL,
    movement TEXT NOT NULL,
    unit TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    told TEXT NOT NULL,
    told_by TEXT NOT NULL,
    account TEXT,
    told_at TEXT NOT NULL,
    CONSTRAINT movement_progress_pk PRIMARY KEY (tenant, movement, unit, ordinal),
    CONSTRAINT movement_progress_call_fk FOREIGN KEY (tenant, movement, unit)
        REFERENCES movement_call (tenant, movement, unit)
);

CREATE TABLE movement_evidence (
    tenant TEXT NOT NULL,
    movement TEXT NOT NULL,
    unit TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    place BIGINT NOT NULL,
    title TEXT NOT NULL,
    found_at TEXT NOT NULL,
    CONSTRAINT movement_evidence_pk PRIMARY KEY (tenant, movement, unit, ordinal, place),
    CONSTRAINT movement_evidence_progress_fk FOREIGN KEY (tenant, movement, unit, ordinal)
        REFERENCES movement_progress (tenant, movement, unit, ordinal)
);

CREATE TABLE review_answer (
    tenant TEXT NOT NULL,
    movement TEXT NOT NULL,
    round BIGINT NOT NULL,
    unit TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    results TEXT NOT NULL,
    shortfalls TEXT NOT NULL,
    proposals TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    account TEXT,
    answered_at TEXT NOT NULL,
    CONSTRAINT review_answer_pk PRIMARY KEY (tenant, movement, round, unit, ordinal),
    CONSTRAINT review_answer_call_fk FOREIGN KEY (tenant, movement, unit)
        REFERENCES movement_call (tenant, movement, unit)
);

CREATE INDEX review_answer_call_ix ON review_answer (tenant, movement, unit);

CREATE TRIGGER movement_milestone_no_update BEFORE UPDATE ON movement_milestone
BEGIN
    SELECT RAISE(ABORT, 'movement_milestone is append-only');
END;

CREATE TRIGGER movement_milestone_no_delete BEFORE DELETE ON movement_milestone
BEGIN
    SELECT RAISE(ABORT, 'movement_milestone is append-only');
END;

CREATE TRIGGER movement_call_no_update BEFORE UPDATE ON movement_call
BEGIN
    SELECT RAISE(ABORT, 'movement_call is append-only');
END;

CREATE TRIGGER movement_call_no_delete BEFORE DELETE ON movement_call
BEGIN
    SELECT RAISE(ABORT, 'movement_call is append-only');
END;

CREATE TRIGGER pledge_event_no_update BEFORE UPDATE ON pledge_event
BEGIN
    SELECT RAISE(ABORT, 'pledge_event is append-only');
END;

CREATE TRIGGER pledge_event_no_delete BEFORE DELETE ON pledge_event
BEGIN
    SELECT RAISE(ABORT, 'pledge_event is append-only');
END;

CREATE TRIGGER pledge_title_no_update BEFORE UPDATE ON pledge_title
BEGIN
    SELECT RAISE(ABORT, 'pledge_title is append-only');
END;

CREATE TRIGGER pledge_title_no_delete BEFORE DELETE ON pledge_title
BEGIN
    SELECT RAISE(ABORT, 'pledge_title is append-only');
END;

CREATE TRIGGER pledge_target_no_update BEFORE UPDATE ON pledge_target
BEGIN
    SELECT RAISE(ABORT, 'pledge_target is append-only');
END;

CREATE TRIGGER pledge_target_no_delete BEFORE DELETE ON pledge_target
BEGIN
    SELECT RAISE(ABORT, 'pledge_target is append-only');
END;

CREATE TRIGGER movement_progress_no_update BEFORE UPDATE ON movement_progress
BEGIN
    SELECT RAISE(ABORT, 'movement_progress is append-only');
END;

CREATE TRIGGER movement_progress_no_delete BEFORE DELETE ON movement_progress
BEGIN
    SELECT RAISE(ABORT, 'movement_progress is append-only');
END;

CREATE TRIGGER movement_evidence_no_update BEFORE UPDATE ON movement_evidence
BEGIN
    SELECT RAISE(ABORT, 'movement_evidence is append-only');
END;

CREATE TRIGGER movement_evidence_no_delete BEFORE DELETE ON movement_evidence
BEGIN
    SELECT RAISE(ABORT, 'movement_evidence is append-only');
END;

CREATE TRIGGER review_answer_no_update BEFORE UPDATE ON review_answer
BEGIN
    SELECT RAISE(ABORT, 'review_answer is append-only');
END;

CREATE TRIGGER review_answer_no_delete BEFORE DELETE ON review_answer
BEGIN
    SELECT RAISE(ABORT, 'review_answer is append-only');
END;
