-- Helpers: further bots of a tenant that share the load of one of its connections
-- in the groups of that one. helps is the connection that a bot helps, 0 = it helps
-- nobody: it is a connection with clients of its own. Of a helper, workplaces are
-- the groups in which its standing is known.
ALTER TABLE connections ADD COLUMN helps INTEGER NOT NULL DEFAULT 0 CHECK (helps >= 0);

-- tried_by: the login that made the last try, sent_by: the one that sent the twin,
-- which nobody else can edit. 0 = the connection that stands beside it.
ALTER TABLE jobs ADD COLUMN tried_by INTEGER NOT NULL DEFAULT 0 CHECK (tried_by >= 0);
ALTER TABLE links ADD COLUMN sent_by INTEGER NOT NULL DEFAULT 0 CHECK (sent_by >= 0);
