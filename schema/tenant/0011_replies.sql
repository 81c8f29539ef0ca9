-- Quick replies of a group: one set for all its connections. fold: the name as names
-- are compared. body: what is sent, and from where it was saved; its words are kept
-- until somebody deletes them. person: who saved it, 0 = nobody known.
CREATE TABLE replies (
	group_chat INTEGER NOT NULL,
	fold       TEXT    NOT NULL CHECK (fold <> ''),
	person     INTEGER NOT NULL,
	at         INTEGER NOT NULL,
	body       TEXT    NOT NULL,
	PRIMARY KEY (group_chat, fold)
) STRICT, WITHOUT ROWID;

-- Parts of albums seen in groups, since a reply brings only the part that it is to.
-- body: the file and how it is shown, never words; worded: the part has some.
CREATE TABLE album_parts (
	chat       INTEGER NOT NULL,
	id         INTEGER NOT NULL CHECK (id > 0),
	album      TEXT    NOT NULL CHECK (album <> ''),
	connection INTEGER NOT NULL,
	worded     INTEGER NOT NULL CHECK (worded IN (0, 1)),
	at         INTEGER NOT NULL,
	body       TEXT    NOT NULL,
	PRIMARY KEY (chat, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX album_parts_album ON album_parts (album);
