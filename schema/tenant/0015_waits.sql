-- Since when clients wait whose wait began before that was written down: REMIND and
-- /open ask. It is their first message after the last of ours, or after the dialog
-- began.
UPDATE dialogs SET rare = json_set(rare, '$.waits', strftime('%Y-%m-%dT%H:%M:%fZ', began.at / 1000.0, 'unixepoch'))
FROM (SELECT e.dialog, min(e.at) AS at
	FROM events e LEFT JOIN (SELECT dialog, max(id) AS id FROM events
		WHERE kind IN ('message_sent', 'dialog_created', 'dialog_reopened') GROUP BY dialog) a ON a.dialog = e.dialog
	WHERE e.kind = 'message_received' AND e.id > coalesce(a.id, 0) GROUP BY e.dialog) began
WHERE began.dialog = dialogs.id AND status = 'user_answered' AND rare ->> 'waits' IS NULL;
