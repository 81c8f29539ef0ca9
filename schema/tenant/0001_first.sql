-- One tenant's file. Times are unix milliseconds, 0 = never. Numbers of chats,
-- users and messages are Telegram's, 0 = none. JSON holds values of package
-- tenants/dialog. The lists of CHECK are the constants of those packages; a
-- test of tenants/store compares them.

-- Facts about the file itself, for example the key of its pseudonyms.
CREATE TABLE meta (
	name  TEXT NOT NULL PRIMARY KEY CHECK (name <> ''),
	value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Logins of the tenant. receive_state is the gateway's: how far it has received.
CREATE TABLE connections (
	id             INTEGER PRIMARY KEY CHECK (id > 0),
	kind           TEXT    NOT NULL CHECK (kind IN ('bot', 'account')),
	user_id        INTEGER NOT NULL CHECK (user_id > 0),
	username       TEXT    NOT NULL,
	group_chat     INTEGER NOT NULL,
	group_title    TEXT    NOT NULL,
	group_username TEXT    NOT NULL,
	group_forum    INTEGER NOT NULL CHECK (group_forum IN (0, 1)),
	administrator  INTEGER NOT NULL,
	active         INTEGER NOT NULL CHECK (active IN (0, 1)),
	created        INTEGER NOT NULL,
	receive_state  BLOB
) STRICT;

-- Parameters that differ from their default. connection 0, kind '' and dialog 0
-- stand for "all".
CREATE TABLE params (
	connection INTEGER NOT NULL CHECK (connection >= 0),
	kind       TEXT    NOT NULL CHECK (kind IN ('', 'private', 'group', 'channel')),
	dialog     INTEGER NOT NULL CHECK (dialog >= 0),
	name       TEXT    NOT NULL CHECK (name <> ''),
	value      TEXT    NOT NULL,
	PRIMARY KEY (connection, kind, dialog, name)
) STRICT, WITHOUT ROWID;

-- Client chats.
CREATE TABLE dialogs (
	id            INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id > 0),
	connection    INTEGER NOT NULL REFERENCES connections (id),
	chat          INTEGER NOT NULL CHECK (chat <> 0),
	chat_kind     TEXT    NOT NULL CHECK (chat_kind IN ('private', 'group', 'channel')),
	chat_title    TEXT    NOT NULL,
	chat_username TEXT    NOT NULL,
	chat_forum    INTEGER NOT NULL CHECK (chat_forum IN (0, 1)),
	client        TEXT    NOT NULL CHECK (json_valid(client)),
	group_chat    INTEGER NOT NULL,
	status        TEXT    NOT NULL CHECK (status IN ('', 'user_answered', 'support_answered', 'closed')),
	first_seen    INTEGER NOT NULL,
	opened        INTEGER NOT NULL CHECK (opened >= 0),
	greeted       INTEGER NOT NULL,
	started       INTEGER NOT NULL,
	team_began    INTEGER NOT NULL CHECK (team_began IN (0, 1)),
	unreachable   INTEGER NOT NULL CHECK (unreachable IN (0, 1)),
	delivered     INTEGER NOT NULL,
	wake          INTEGER NOT NULL,
	pending       INTEGER NOT NULL CHECK (pending >= 0),
	said_by       TEXT    NOT NULL,
	said_at       INTEGER NOT NULL,
	shown         TEXT    NOT NULL,
	custom        TEXT    NOT NULL,
	title         TEXT    NOT NULL,
	thread        INTEGER NOT NULL CHECK (thread >= 0),
	withheld      INTEGER NOT NULL CHECK (withheld >= 0),
	withheld_at   INTEGER NOT NULL
) STRICT;

-- The same private chat means another chat for another login; a group or
-- channel is one dialog, whoever serves it.
CREATE UNIQUE INDEX dialogs_private ON dialogs (connection, chat) WHERE chat_kind = 'private';
CREATE UNIQUE INDEX dialogs_shared ON dialogs (chat) WHERE chat_kind <> 'private';
CREATE INDEX dialogs_wake ON dialogs (wake) WHERE wake > 0;

-- Names met in a client chat, which HIDE_INFO hides. Apart from dialogs,
-- because they are long and seldom change.
CREATE TABLE names (
	dialog INTEGER PRIMARY KEY REFERENCES dialogs (id) ON DELETE CASCADE,
	people TEXT NOT NULL CHECK (json_valid(people)),
	titles TEXT NOT NULL CHECK (json_valid(titles))
) STRICT;

-- Forum topics. No real name of a client is in it.
CREATE TABLE topics (
	dialog     INTEGER PRIMARY KEY REFERENCES dialogs (id) ON DELETE CASCADE,
	group_chat INTEGER NOT NULL,
	thread     INTEGER NOT NULL CHECK (thread >= 0),
	closed     INTEGER NOT NULL CHECK (closed IN (0, 1)),
	title      TEXT    NOT NULL,
	set_title  TEXT    NOT NULL,
	set_at     INTEGER NOT NULL,
	made       INTEGER NOT NULL CHECK (made >= 0),
	CHECK (thread = 0 OR group_chat <> 0)
) STRICT;

-- Topics that a dialog had before: what was written in one that has been
-- deleted meanwhile still belongs to the dialog.
CREATE TABLE former_topics (
	group_chat INTEGER NOT NULL,
	thread     INTEGER NOT NULL CHECK (thread > 0),
	dialog     INTEGER NOT NULL REFERENCES dialogs (id) ON DELETE CASCADE,
	PRIMARY KEY (group_chat, thread)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX topics_thread ON topics (group_chat, thread) WHERE thread <> 0;

-- The outbox: what is to be done at Telegram. A lane is (dialog, group_chat,
-- side); place orders it. Numbers are never used again, because a try may
-- outlive its row.
CREATE TABLE jobs (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	dialog      INTEGER NOT NULL CHECK (dialog >= 0),
	group_chat  INTEGER NOT NULL,
	side        TEXT    NOT NULL CHECK (side IN ('topic', 'client', 'title', 'mark')),
	place       INTEGER NOT NULL,
	connection  INTEGER NOT NULL REFERENCES connections (id),
	chat        INTEGER NOT NULL, -- 0 = of a connection without a group yet: waits for it
	class       INTEGER NOT NULL CHECK (class BETWEEN 0 AND 5),
	weight      INTEGER NOT NULL CHECK (weight >= 0),
	state       TEXT    NOT NULL CHECK (state IN ('waiting', 'trying')),
	attempt     INTEGER NOT NULL CHECK (attempt >= 0),
	send_key    INTEGER NOT NULL CHECK (send_key <> 0),
	effect      TEXT    NOT NULL CHECK (effect IN
		('send', 'open', 'rename', 'set_open', 'edit', 'react', 'delete', 'answer_press')),
	body        TEXT    NOT NULL CHECK (json_valid(body)),
	source_chat INTEGER NOT NULL,
	source_id   INTEGER NOT NULL,
	album       TEXT    NOT NULL,
	origin      TEXT    NOT NULL CHECK (origin IN ('client', 'operator', 'relay')),
	not_before  INTEGER NOT NULL,
	decided     INTEGER NOT NULL,
	tried_at    INTEGER NOT NULL,
	CHECK ((dialog = 0) = (group_chat <> 0)),
	CHECK ((attempt = 0) = (tried_at = 0)),
	CHECK (state = 'waiting' OR attempt > 0)
) STRICT;

CREATE INDEX jobs_lane ON jobs (dialog, group_chat, side, place);
CREATE UNIQUE INDEX jobs_trying ON jobs (dialog, group_chat, side) WHERE state = 'trying';
CREATE INDEX jobs_source ON jobs (source_id, source_chat) WHERE source_id <> 0;
CREATE INDEX jobs_album ON jobs (album) WHERE album <> '';

-- Sources of a job beside its own: the further parts of an album.
CREATE TABLE parts (
	chat INTEGER NOT NULL,
	id   INTEGER NOT NULL,
	job  INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
	PRIMARY KEY (chat, id, job)
) STRICT, WITHOUT ROWID;

CREATE INDEX parts_job ON parts (job);

-- A client's message and its twin in the topic. ours: written in the topic.
-- part 0 is the main message.
CREATE TABLE links (
	topic_chat  INTEGER NOT NULL,
	topic_id    INTEGER NOT NULL CHECK (topic_id > 0),
	client_chat INTEGER NOT NULL,
	client_id   INTEGER NOT NULL CHECK (client_id > 0),
	connection  INTEGER NOT NULL REFERENCES connections (id),
	dialog      INTEGER NOT NULL REFERENCES dialogs (id) ON DELETE CASCADE,
	ours        INTEGER NOT NULL CHECK (ours IN (0, 1)),
	part        INTEGER NOT NULL CHECK (part >= 0),
	album       TEXT    NOT NULL,
	at          INTEGER NOT NULL,
	PRIMARY KEY (topic_chat, topic_id, client_chat, client_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX links_client ON links (client_chat, client_id);
CREATE INDEX links_album ON links (dialog, album) WHERE album <> '';

-- Messages of a group that stay inside. album: later parts of it stay there too.
CREATE TABLE inside (
	chat  INTEGER NOT NULL,
	id    INTEGER NOT NULL CHECK (id > 0),
	album TEXT    NOT NULL,
	at    INTEGER NOT NULL,
	PRIMARY KEY (chat, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX inside_album ON inside (album) WHERE album <> '';

-- Updates whose consequences are on disk.
CREATE TABLE seen (
	connection INTEGER NOT NULL,
	update_id  INTEGER NOT NULL,
	at         INTEGER NOT NULL,
	PRIMARY KEY (connection, update_id)
) STRICT, WITHOUT ROWID;

-- Facts for reports.
CREATE TABLE events (
	id     INTEGER PRIMARY KEY,
	at     INTEGER NOT NULL,
	kind   TEXT    NOT NULL CHECK (kind IN
		('dialog_created', 'dialog_reopened', 'dialog_closed',
		 'message_received', 'message_sent', 'message_refused', 'message_filtered')),
	dialog INTEGER NOT NULL,
	person INTEGER NOT NULL
) STRICT;

-- People seen at work in a group.
CREATE TABLE operators (
	user_id INTEGER PRIMARY KEY,
	person  TEXT    NOT NULL CHECK (json_valid(person)),
	seen_at INTEGER NOT NULL
) STRICT;

-- Spent tokens and pauses of a login in a chat; chat 0 = of the whole login.
-- Package pace knows what is in state.
CREATE TABLE budgets (
	connection INTEGER NOT NULL REFERENCES connections (id),
	chat       INTEGER NOT NULL,
	state      BLOB    NOT NULL,
	PRIMARY KEY (connection, chat)
) STRICT, WITHOUT ROWID;

-- Poisonous updates, sealed with the node's key.
CREATE TABLE aside (
	connection INTEGER NOT NULL,
	update_id  INTEGER NOT NULL,
	sealed     BLOB    NOT NULL,
	at         INTEGER NOT NULL,
	PRIMARY KEY (connection, update_id)
) STRICT, WITHOUT ROWID;
