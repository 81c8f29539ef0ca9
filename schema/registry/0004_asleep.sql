-- Whether the host has stopped the tenant: then nothing opens it.
ALTER TABLE tenants ADD COLUMN stopped INTEGER NOT NULL DEFAULT 0 CHECK (stopped IN (0, 1));

-- What a tenant that sleeps has left of its active connections, so that somebody can ask
-- whether something has come for it without its file. Of one that is awake they are old.
-- A tenant without any has never slept since there is this table, or has none.
CREATE TABLE logins (
	tenant     TEXT    NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
	connection INTEGER NOT NULL CHECK (connection > 0),
	helps      INTEGER NOT NULL CHECK (helps IN (0, 1)), -- 1 = it has no clients of its own
	state      BLOB,             -- how far it has received, committed; NULL = nothing yet
	heard      INTEGER NOT NULL, -- when it last heard Telegram, 0 = not known
	deaf       INTEGER NOT NULL CHECK (deaf IN (0, 1)), -- 1 = it heard nothing, and people know
	PRIMARY KEY (tenant, connection)
) STRICT, WITHOUT ROWID;

-- Times in which the node received nothing, or did not run. A tenant that slept through one
-- is told when it is opened.
CREATE TABLE silences (
	since INTEGER NOT NULL,
	until INTEGER NOT NULL PRIMARY KEY,
	CHECK (since < until)
) STRICT, WITHOUT ROWID;
