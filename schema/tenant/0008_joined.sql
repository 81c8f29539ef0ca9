-- Messages of a group that were made of several texts of a client. body is a
-- dialog.Joined; its words are kept for as long as one of them can be edited, and
-- where they stand for as long as there are links to it.
CREATE TABLE joined (
	topic_chat INTEGER NOT NULL,
	topic_id   INTEGER NOT NULL CHECK (topic_id > 0),
	dialog     INTEGER NOT NULL REFERENCES dialogs (id) ON DELETE CASCADE,
	body       TEXT    NOT NULL CHECK (json_valid(body)),
	at         INTEGER NOT NULL,
	forgotten  INTEGER NOT NULL DEFAULT 0 CHECK (forgotten IN (0, 1)),
	PRIMARY KEY (topic_chat, topic_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX joined_dialog ON joined (dialog);
CREATE INDEX joined_at ON joined (at) WHERE forgotten = 0;
