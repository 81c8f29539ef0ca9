-- Labels of a group's dialogs. One that is gone (when; 0 = it is there) stays, so
-- that reports can name it. fold is the name in the form in which names are compared.
CREATE TABLE labels (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	group_chat INTEGER NOT NULL,
	fold       TEXT    NOT NULL CHECK (fold <> ''),
	name       TEXT    NOT NULL,
	ticker     TEXT    NOT NULL,
	gone       INTEGER NOT NULL DEFAULT 0 CHECK (gone >= 0)
) STRICT;
CREATE UNIQUE INDEX labels_named ON labels (group_chat, fold) WHERE gone = 0;

-- Which labels are taken off when one is set.
CREATE TABLE label_after (
	label INTEGER NOT NULL REFERENCES labels,
	off   INTEGER NOT NULL REFERENCES labels,
	PRIMARY KEY (label, off)
) STRICT, WITHOUT ROWID;

-- Which dialogs have a label, since when.
CREATE TABLE dialog_labels (
	label  INTEGER NOT NULL REFERENCES labels,
	dialog INTEGER NOT NULL REFERENCES dialogs,
	at     INTEGER NOT NULL,
	PRIMARY KEY (label, dialog)
) STRICT, WITHOUT ROWID;
CREATE INDEX dialog_labels_dialog ON dialog_labels (dialog);
