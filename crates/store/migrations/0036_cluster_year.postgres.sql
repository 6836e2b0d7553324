-- A cluster's year around its scoring: files of score sheets that wait for a word, meetings with who came, the rule for
-- flags, moves between clusters, signatures of frozen rankings. All but the files is only added to. A pair, because the
-- engines write triggers in different languages.

CREATE TABLE cluster_upload (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    cluster TEXT NOT NULL,
    year BIGINT NOT NULL,
    unit TEXT NOT NULL,
    level TEXT NOT NULL,
    sent_by TEXT NOT NULL,
    file TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    expires_at TEXT NOT NULL,
    CONSTRAINT cluster_upload_pk PRIMARY KEY (tenant, id),
    CONSTRAINT cluster_upload_scoring_fk FOREIGN KEY (tenant, cluster, year) REFERENCES cluster_scoring (tenant, cluster, year),
    CONSTRAINT cluster_upload_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX cluster_upload_scoring_ix ON cluster_upload (tenant, cluster, year);
CREATE INDEX cluster_upload_unit_ix ON cluster_upload (tenant, unit);
CREATE INDEX cluster_upload_sent_by_ix ON cluster_upload (tenant, sent_by);

CREATE TABLE cluster_meeting (
    tenant TEXT NOT NULL,
    cluster TEXT NOT NULL,
    year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    kind TEXT NOT NULL,
    held_on TEXT NOT NULL,
    place TEXT NOT NULL,
    chaired_by TEXT NOT NULL,
    chair TEXT NOT NULL,
    scribe TEXT NOT NULL,
    agenda TEXT NOT NULL,
    conclusions TEXT NOT NULL,
    decided TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    CONSTRAINT cluster_meeting_pk PRIMARY KEY (tenant, cluster, year, number, revision),
    CONSTRAINT cluster_meeting_cluster_fk FOREIGN KEY (tenant, cluster, year) REFERENCES cluster (tenant, code, year),
    CONSTRAINT cluster_meeting_chaired_by_fk FOREIGN KEY (tenant, chaired_by) REFERENCES org_unit (tenant, id)
);

CREATE INDEX cluster_meeting_chaired_by_ix ON cluster_meeting (tenant, chaired_by);

CREATE TABLE cluster_attendance (
    tenant TEXT NOT NULL,
    cluster TEXT NOT NULL,
    year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    unit TEXT NOT NULL,
    came TEXT NOT NULL,
    person TEXT NOT NULL,
    CONSTRAINT cluster_attendance_pk PRIMARY KEY (tenant, cluster, year, number, revision, ordinal),
    CONSTRAINT cluster_attendance_meeting_fk FOREIGN KEY (tenant, cluster, year, number, revision) REFERENCES cluster_meeting (tenant, cluster, year, number, revision),
    CONSTRAINT cluster_attendance_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX cluster_attendance_unit_ix ON cluster_attendance (tenant, unit);

CREATE TABLE cluster_flag_rule (
    tenant TEXT NOT NULL,
    cluster TEXT NOT NULL,
    year BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    least BIGINT,
    least_scale BIGINT,
    entered_by TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    CONSTRAINT cluster_flag_rule_pk PRIMARY KEY (tenant, cluster, year, revision),
    CONSTRAINT cluster_flag_rule_cluster_fk FOREIGN KEY (tenant, cluster, year) REFERENCES cluster (tenant, code, year)
);

CREATE TABLE cluster_flag_place (
    tenant TEXT NOT NULL,
    cluster TEXT NOT NULL,
    year BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    honour TEXT NOT NULL,
    places BIGINT NOT NULL,
    grade TEXT,
    CONSTRAINT cluster_flag_place_pk PRIMARY KEY (tenant, cluster, year, revision, ordinal),
    CONSTRAINT cluster_flag_place_rule_fk FOREIGN KEY (tenant, cluster, year, revision) REFERENCES cluster_flag_rule (tenant, cluster, year, revision)
);

CREATE TABLE cluster_flag_bar (
    tenant TEXT NOT NULL,
    cluster TEXT NOT NULL,
    year BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    unit TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT cluster_flag_bar_pk PRIMARY KEY (tenant, cluster, year, revision, unit),
    CONSTRAINT cluster_flag_bar_rule_fk FOREIGN KEY (tenant, cluster, year, revision) REFERENCES cluster_flag_rule (tenant, cluster, year, revision),
    CONSTRAINT cluster_flag_bar_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id)
);

CREATE INDEX cluster_flag_bar_unit_ix ON cluster_flag_bar (tenant, unit);

CREATE TABLE cluster_move (
    tenant TEXT NOT NULL,
    year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    unit TEXT NOT NULL,
    from_cluster TEXT,
    to_cluster TEXT,
    moved_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    CONSTRAINT cluster_move_pk PRIMARY KEY (tenant, year, number),
    CONSTRAINT cluster_move_unit_fk FOREIGN KEY (tenant, unit) REFERENCES org_unit (tenant, id),
    CONSTRAINT cluster_move_from_fk FOREIGN KEY (tenant, from_cluster, year) REFERENCES cluster (tenant, code, year),
    CONSTRAINT cluster_move_to_fk FOREIGN KEY (tenant, to_cluster, year) REFERENCES cluster (tenant, code, year)
);

CREATE INDEX cluster_move_unit_ix ON cluster_move (tenant, unit);
CREATE INDEX cluster_move_from_ix ON cluster_move (tenant, from_cluster, year);
CREATE INDEX cluster_move_to_ix ON cluster_move (tenant, to_cluster, year);

CREATE TABLE cluster_signature (
    tenant TEXT NOT NULL,
    cluster TEXT NOT NULL,
    year BIGINT NOT NULL,
    public_key TEXT NOT NULL,
    signature TEXT NOT NULL,
    signed_at TEXT NOT NULL,
    CONSTRAINT cluster_signature_pk PRIMARY KEY (tenant, cluster, year),
    CONSTRAINT cluster_signature_freeze_fk FOREIGN KEY (tenant, cluster, year) REFERENCES cluster_freeze (tenant, cluster, year)
);

CREATE TRIGGER cluster_meeting_no_update BEFORE UPDATE ON cluster_meeting
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cluster_meeting_no_delete BEFORE DELETE ON cluster_meeting
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cluster_meeting_no_truncate BEFORE TRUNCATE ON cluster_meeting
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cluster_attendance_no_update BEFORE UPDATE ON cluster_attendance
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cluster_attendance_no_delete BEFORE DELETE ON cluster_attendance
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cluster_attendance_no_truncate BEFORE TRUNCATE ON cluster_attendance
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cluster_flag_rule_no_update BEFORE UPDATE ON cluster_flag_rule
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cluster_flag_rule_no_delete BEFORE DELETE ON cluster_flag_rule
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cluster_flag_rule_no_truncate BEFORE TRUNCATE ON cluster_flag_rule
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cluster_flag_place_no_update BEFORE UPDATE ON cluster_flag_place
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cluster_flag_place_no_delete BEFORE DELETE ON cluster_flag_place
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cluster_flag_place_no_truncate BEFORE TRUNCATE ON cluster_flag_place
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cluster_flag_bar_no_update BEFORE UPDATE ON cluster_flag_bar
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cluster_flag_bar_no_delete BEFORE DELETE ON cluster_flag_bar
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cluster_flag_bar_no_truncate BEFORE TRUNCATE ON cluster_flag_bar
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cluster_move_no_update BEFORE UPDATE ON cluster_move
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cluster_move_no_delete BEFORE DELETE ON cluster_move
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cluster_move_no_truncate BEFORE TRUNCATE ON cluster_move
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cluster_signature_no_update BEFORE UPDATE ON cluster_signature
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cluster_signature_no_delete BEFORE DELETE ON cluster_signature
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cluster_signature_no_truncate BEFORE TRUNCATE ON cluster_signature
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
