-- Pseudonyms that were given, so that no two people of the tenant ever have the same.
-- whose: a hash of who it is with the tenant's key (privacy.Tag). It leads to nobody
-- without that, so rows stay when somebody is forgotten: what stands under the name in
-- old topics remains nobody else's.
CREATE TABLE pseudonyms (
	name  TEXT NOT NULL PRIMARY KEY CHECK (name <> ''),
	whose BLOB NOT NULL CHECK (length(whose) = 16)
) STRICT, WITHOUT ROWID;

-- Whose first pseudonyms others had before them, and how many. They are few.
CREATE TABLE later_pseudonyms (
	whose BLOB    NOT NULL PRIMARY KEY CHECK (length(whose) = 16),
	nth   INTEGER NOT NULL CHECK (nth > 0)
) STRICT, WITHOUT ROWID;
