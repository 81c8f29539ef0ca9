-- Polls of the team's that went out, as the login that sent them knows them: votes
-- come under that number alone. chat and id are the message in the topic; note_chat
-- and note are the one that tells how the poll stands, 0 = none yet.
CREATE TABLE polls (
	connection INTEGER NOT NULL REFERENCES connections (id),
	poll       TEXT    NOT NULL CHECK (poll <> ''),
	dialog     INTEGER NOT NULL REFERENCES dialogs (id) ON DELETE CASCADE,
	chat       INTEGER NOT NULL,
	id         INTEGER NOT NULL CHECK (id > 0),
	note_chat  INTEGER NOT NULL,
	note       INTEGER NOT NULL CHECK (note >= 0),
	at         INTEGER NOT NULL,
	PRIMARY KEY (connection, poll)
) STRICT, WITHOUT ROWID;

CREATE INDEX polls_dialog ON polls (dialog);
