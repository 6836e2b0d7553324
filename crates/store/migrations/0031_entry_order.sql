-- Changes of figures in the order of their arrival. Instants are whole seconds, and several changes of one cell may come
-- within one; those kept before this file have no number and stay in the order of their instants.

ALTER TABLE entry ADD COLUMN nr BIGINT NOT NULL DEFAULT 0;
CREATE INDEX entry_nr_ix ON entry (tenant, nr);
