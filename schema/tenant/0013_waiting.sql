-- Who waits in a group is asked by /open: only these dialogs are looked at, not all
-- that were ever begun.
CREATE INDEX dialogs_waiting ON dialogs (group_chat) WHERE status = 'user_answered';
