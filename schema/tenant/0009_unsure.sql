-- What is needed to find out whether a send arrived of which the answer was lost
-- (package reckon). floor: the highest message known in the numbering of the chat
-- when the last try began, 0 = nobody knew any.
ALTER TABLE jobs ADD COLUMN floor INTEGER NOT NULL DEFAULT 0 CHECK (floor >= 0);

-- The highest message known in a numbering: of a supergroup (connection 0), or of
-- all private chats and basic groups of a connection (chat 0). It may lag a little.
CREATE TABLE heights (
	connection INTEGER NOT NULL,
	chat       INTEGER NOT NULL,
	id         INTEGER NOT NULL CHECK (id > 0),
	PRIMARY KEY (connection, chat),
	CHECK ((connection = 0) <> (chat = 0))
) STRICT, WITHOUT ROWID;

-- Messages of our own that nothing else keeps, so that none is taken for a lost
-- one: those from id to last. last > id: one or more of these may be ours. Of a
-- supergroup connection is 0.
CREATE TABLE sent (
	connection INTEGER NOT NULL,
	chat       INTEGER NOT NULL,
	id         INTEGER NOT NULL CHECK (id > 0),
	last       INTEGER NOT NULL CHECK (last >= id),
	at         INTEGER NOT NULL,
	PRIMARY KEY (connection, chat, id)
) STRICT, WITHOUT ROWID;
