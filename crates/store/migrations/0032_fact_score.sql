-- Points by criteria, for titles of families and residential areas: the number, and points and maximum of each group of
-- criteria as `18/20, 25/30`. The kind of place stands in `word`, whether every group reached its floor in `status`.

ALTER TABLE fact ADD COLUMN points BIGINT;
ALTER TABLE fact ADD COLUMN points_scale BIGINT;
ALTER TABLE fact ADD COLUMN point_groups TEXT;
