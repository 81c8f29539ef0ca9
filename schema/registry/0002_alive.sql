-- When the process that serves the directory was last known to run: one row.
CREATE TABLE node (
	id    INTEGER PRIMARY KEY CHECK (id = 1),
	alive INTEGER NOT NULL
) STRICT;
