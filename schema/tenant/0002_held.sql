-- What a dialog seldom has (dialog.Rare): a column each would be empty in most rows.
ALTER TABLE dialogs ADD COLUMN rare TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(rare));

-- content: a hash of what was last relayed of the message, 0 = none is kept; it
-- finds edits that change nothing. person: the operator whose message it is, 0 =
-- a client's, or nobody known.
ALTER TABLE links ADD COLUMN content INTEGER NOT NULL DEFAULT 0;
ALTER TABLE links ADD COLUMN person INTEGER NOT NULL DEFAULT 0;

-- Messages that wait for somebody's choice under a button. body is the message,
-- kept until the choice or until it is too late for one.
CREATE TABLE held (
	chat   INTEGER NOT NULL,
	id     INTEGER NOT NULL CHECK (id > 0),
	dialog INTEGER NOT NULL REFERENCES dialogs (id) ON DELETE CASCADE,
	album  TEXT    NOT NULL,
	body   TEXT    NOT NULL CHECK (json_valid(body)),
	at     INTEGER NOT NULL,
	PRIMARY KEY (chat, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX held_dialog ON held (dialog);
