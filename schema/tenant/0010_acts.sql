-- What operators do at their desk is counted too: labels set and taken off, dialogs
-- taken, given and freed, people banned. subject: the label, or the operator to whom
-- it was given; 0 = none.
CREATE TABLE events_anew (
	id      INTEGER PRIMARY KEY,
	at      INTEGER NOT NULL,
	kind    TEXT    NOT NULL CHECK (kind IN
		('dialog_created', 'dialog_reopened', 'dialog_closed',
		 'message_received', 'message_sent', 'message_refused', 'message_filtered',
		 'label_set', 'label_off', 'dialog_assigned', 'dialog_freed',
		 'chat_banned', 'chat_unbanned', 'person_banned', 'person_unbanned')),
	dialog  INTEGER NOT NULL,
	person  INTEGER NOT NULL,
	subject INTEGER NOT NULL
) STRICT;
INSERT INTO events_anew (id, at, kind, dialog, person, subject) SELECT id, at, kind, dialog, person, 0 FROM events;
DROP TABLE events;
ALTER TABLE events_anew RENAME TO events;

-- Who administered what: the log for those who ask later. person 0 = the host.
-- detail holds names of parameters, labels and replies, never words of a message
-- or a secret.
CREATE TABLE acts (
	id     INTEGER PRIMARY KEY,
	at     INTEGER NOT NULL,
	person INTEGER NOT NULL,
	name   TEXT    NOT NULL,
	act    TEXT    NOT NULL CHECK (act <> ''),
	dialog INTEGER NOT NULL,
	detail TEXT    NOT NULL
) STRICT;
