-- Which key is in force, by its fingerprint, and since when (0 = from the first).
-- remains: what the key before it opens may still stand in free pages. One row.
CREATE TABLE sealing (
	id          INTEGER PRIMARY KEY CHECK (id = 1),
	fingerprint TEXT    NOT NULL,
	since       INTEGER NOT NULL,
	remains     INTEGER NOT NULL CHECK (remains IN (0, 1))
) STRICT;

-- Keys under which updates and jobs are set aside in tenants' files, sealed with the
-- node's key. The last one seals, the others still open (made 0 = the first).
CREATE TABLE aside_keys (
	number INTEGER NOT NULL PRIMARY KEY,
	made   INTEGER NOT NULL,
	sealed BLOB    NOT NULL
) STRICT;
