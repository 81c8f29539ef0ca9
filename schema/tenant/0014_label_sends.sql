-- sends: the name of the quick reply that goes to the client when the label is set; '' = none.
ALTER TABLE labels ADD COLUMN sends TEXT NOT NULL DEFAULT '';
