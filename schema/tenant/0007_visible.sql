-- why: what was in the way of a job's last try, in plain words and without any of a
-- message, '' = nothing: for who looks at the outbox.
ALTER TABLE jobs ADD COLUMN why TEXT NOT NULL DEFAULT '';

-- backlog: what was told of a group's backlog (dialog.Backlog).
ALTER TABLE groups ADD COLUMN backlog TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(backlog));

-- Jobs that crashed the tenant too often, sealed with the node's key.
CREATE TABLE aside_jobs (
	job    INTEGER PRIMARY KEY,
	sealed BLOB    NOT NULL,
	at     INTEGER NOT NULL
) STRICT;
