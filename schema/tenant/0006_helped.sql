-- helped: a helper may do the job in place of its connection (dialog.Job.Helped).
-- It is asked for every job that waits when a file is opened, without its body.
ALTER TABLE jobs ADD COLUMN helped INTEGER NOT NULL DEFAULT 0 CHECK (helped IN (0, 1));
