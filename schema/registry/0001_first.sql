-- The node's own file. Times are unix milliseconds.

-- Tenants of the node. due is when an asleep one wants to be opened, 0 = only
-- when something arrives for it.
CREATE TABLE tenants (
	id      TEXT    NOT NULL PRIMARY KEY CHECK (id <> '' AND length(id) <= 40),
	created INTEGER NOT NULL,
	state   TEXT    NOT NULL CHECK (state IN ('awake', 'asleep')),
	due     INTEGER NOT NULL CHECK (due >= 0),
	plan    TEXT    NOT NULL,
	CHECK (state = 'asleep' OR due = 0)
) STRICT, WITHOUT ROWID;

CREATE INDEX tenants_due ON tenants (due) WHERE due > 0;
CREATE INDEX tenants_awake ON tenants (id) WHERE state = 'awake';

-- Tokens and sessions, sealed with the node's key.
CREATE TABLE secrets (
	tenant TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
	name   TEXT NOT NULL CHECK (name <> ''),
	sealed BLOB NOT NULL,
	PRIMARY KEY (tenant, name)
) STRICT, WITHOUT ROWID;

-- Backend groups: every Telegram group belongs to one tenant.
CREATE TABLE groups (
	chat   INTEGER NOT NULL PRIMARY KEY CHECK (chat < 0),
	tenant TEXT    NOT NULL REFERENCES tenants (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX groups_tenant ON groups (tenant);
