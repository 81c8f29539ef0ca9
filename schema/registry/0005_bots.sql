-- Of a bot's token: the bot's number, 0 of all other secrets, and of tokens that are kept
-- since before there is this column. Two that received for one bot would take its updates
-- from each other.
ALTER TABLE secrets ADD COLUMN bot INTEGER NOT NULL DEFAULT 0 CHECK (bot >= 0);
CREATE UNIQUE INDEX secrets_bot ON secrets (bot) WHERE bot > 0;
