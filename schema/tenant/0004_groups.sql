-- The groups in which a connection works. New topics are made in the one that
-- was bound last, which is connections.group_chat; in earlier ones dialogs keep
-- the topics that they have. lack is what keeps the connection from working in
-- the group, '' = nothing.
CREATE TABLE workplaces (
	connection INTEGER NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
	chat       INTEGER NOT NULL CHECK (chat < 0),
	title      TEXT    NOT NULL,
	bound      INTEGER NOT NULL,
	lack       TEXT    NOT NULL CHECK (lack IN ('', 'out', 'rights')),
	PRIMARY KEY (connection, chat)
) STRICT, WITHOUT ROWID;

INSERT INTO workplaces SELECT id, group_chat, group_title, created, '' FROM connections WHERE group_chat <> 0;

-- What is kept of a group itself. full: the hundredths of its capacity that were
-- told last. room: the thread of its waiting room, 0 = it has none; crowded: when
-- a wave of new clients was told last.
CREATE TABLE groups (
	chat    INTEGER NOT NULL PRIMARY KEY CHECK (chat < 0),
	"full"  INTEGER NOT NULL CHECK ("full" >= 0),
	room    INTEGER NOT NULL CHECK (room >= 0),
	crowded INTEGER NOT NULL
) STRICT;

-- history: the topic is made anew, and what was said before is to be shown in it.
-- asked: when the dialog was last given a topic of its own, 0 = before that was kept.
ALTER TABLE topics ADD COLUMN history INTEGER NOT NULL DEFAULT 0 CHECK (history IN (0, 1));
ALTER TABLE topics ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;

CREATE INDEX topics_asked ON topics (asked) WHERE asked > 0;
