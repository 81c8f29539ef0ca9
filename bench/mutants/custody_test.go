//go:build mutants

package mutants

// custody are the sabotages of what is kept: the files of tenants, the node's, secrets, copies.
var custody = []mutant{
	{
		name: "a wrong key is found at the first login",
		file: "tenants/registry/sealing.go", old: "inForce != r.key.Fingerprint()", new: "false",
		pkg: "tenants/registry", test: "TestWrongKey",
	},
	{
		name: "what the old key opens stays in the file",
		file: "tenants/registry/sealing.go", old: "\"VACUUM\", ", new: "",
		pkg: "tenants/registry", test: "TestRenewLeavesNothing",
	},
	{
		name: "pseudonyms change with the version of the program",
		file: "tenants/registry/sealing.go", old: "r.key.Derive(\"pseudonyms/\"+string(id))", new: "newPseudonyms()",
		pkg: "tenants/registry", test: "TestEarlierForm",
	},
	{
		name: "what was set aside is lost with the key",
		file: "tenants/registry/sealing.go", old: "\t\tasides = r.key\n", new: "",
		pkg: "tenants/registry", test: "TestEarlierForm",
	},
	{
		name: "a file at its own limit looks like a full disk",
		file: "tenants/store/size.go", old: "return errors.Join(ErrLimit, err)", new: "return err",
		pkg: "tenants/store", test: "TestFileLimit",
	},
	{
		name: "anybody edits what a helper has sent",
		file: "tenants/store/joined.go", old: "if sender != try.Row.TriedBy {", new: "if false {",
		pkg: "tenants/store", test: "TestWhoTriedIsKept",
	},
	{
		name: "what comes late from before an upgrade begins a second dialog",
		file: "tenants/store/dialogs.go", old: "to, err := r.movedTo(chat.ID)", new: "to, err := r.movedTo(chat.ID * 0)",
		pkg: "tenants/store", test: "TestMoved",
	},
	{
		name: "a try is not marked",
		file: "tenants/store/try.go", old: "SET state = 'trying', attempt", new: "SET attempt",
		pkg: "tenants/store", test: "TestTryingSurvives",
	},
	{
		name: "an edit of what waits is lost",
		file: "tenants/store/merge.go", old: "return row.ID, tx.rewrite(row.ID, &row.Job)\n\t}\n\twaiting", new: "return row.ID, nil\n\t}\n\twaiting",
		pkg: "tenants/store", test: "TestEditReplacesWhatIsNotSent",
	},
	{
		name: "a reply goes to another dialog's message",
		file: "tenants/store/links.go", old: "WHERE topic_chat = ?1 AND topic_id = ?2 AND dialog = ?3", new: "WHERE topic_chat = ?1 AND topic_id = ?2 AND 0 <= ?3",
		pkg: "tenants/store", test: "TestReplyToAnotherDialogGoesWithout",
	},
	{
		name: "a message is written into a topic of another group",
		file: "tenants/store/resolve.go", old: "topic.Thread != 0 && topic.Group == job.Chat", new: "topic.Thread != 0",
		pkg: "tenants/store", test: "TestTopicOfAnotherGroupIsNone",
	},
	{
		name: "a message is written into its neighbour's topic",
		file: "tenants/store/resolve.go", old: "\t\ttry.Thread = topic.Thread",
		new: "\t\tn, _, _ := tx.db.one(\"SELECT thread FROM topics WHERE thread <> 0 ORDER BY dialog LIMIT 1\")\n\t\ttry.Thread = tenants.ThreadID(n)",
		pkg: "bench/world", test: "TestWorld",
	},
	{
		name: "a message is linked to its neighbour in the topic",
		file: "tenants/store/linkmade.go", old: "made := tenants.MessageRef{Chat: job.Chat, ID: id}", new: "made := tenants.MessageRef{Chat: job.Chat, ID: id + 1}",
		pkg: "tenants/store", test: "TestLinkMade",
	},
	{
		name: "commits are not synced",
		file: "tenants/store/store.go", old: `return "FULL"`, new: `return "OFF"`,
		pkg: "tenants/store", test: "TestSync",
	},
	{
		name: "a topic that may have been made goes to another group",
		file: "tenants/store/groups.go", old: "WHERE effect = 'open' AND attempt > 0\n", new: "WHERE effect = 'open' AND attempt > 100\n",
		pkg: "tenants/store", test: "TestTopicBeingMadeStays",
	},
	{
		name: "a dialog moves while its message is on its way into the old group",
		file: "tenants/store/groups.go", old: "if err != nil || underWay {", new: "if err != nil || underWay && err != nil {",
		pkg: "tenants/store", test: "TestNothingMovesUnderWay",
	},
	{
		name: "a dialog leaves the waiting room because another group is bound",
		file: "tenants/store/groups.go", old: "coalesce(groups.room, 0) <> 0 AND", new: "coalesce(groups.room, 0) < 0 AND",
		pkg: "bench/world", test: "TestScripts/roomgroups",
	},
	{
		name: "what waits for a topic stays in the group that the dialog left",
		file: "tenants/store/groups.go", old: "\"UPDATE jobs SET chat = ?2 WHERE dialog = ?1 AND side = 'topic'\",\n", new: "",
		pkg: "tenants/store", test: "TestRegroup",
	},
	{
		name: "who is back in the group waits all the same",
		file: "tenants/store/groups.go", old: "if err != nil || !s.Resume {", new: "if true {",
		pkg: "tenants/store", test: "TestStand",
	},
	{
		name: "a waiting room made anew is lost when the old one is missed once more",
		file: "tenants/store/groups.go", old: "c.Thread == 0 && kept.Room != c.Was", new: "false",
		pkg: "tenants/store", test: "TestRoom",
	},
	{
		name: "a reply goes to what was deleted with the old topic",
		file: "tenants/store/earlier.go", old: "\"UPDATE links SET part = part + ? WHERE", new: "\"UPDATE links SET part = part + 0 * ? WHERE",
		pkg: "tenants/store", test: "TestEarlier",
	},
	{
		name: "what may have arrived is withdrawn as if it had not",
		file: "tenants/store/jobs.go", old: "!r.Trying && !r.Job.Effect.(*dialog.Send).Doubt", new: "!r.Trying",
		pkg: "tenants/store", test: "TestEditOfWhatMayBeThereQueues",
	},
	{
		name: "what is taken back in time still counts as on its way",
		file: "tenants/store/merge.go", old: "own.Withdrawn += dropped", new: "own.Withdrawn += 0 * dropped",
		pkg: "bench/world", test: "TestScripts/del",
	},
	{
		name: "a restored copy is not held against the list",
		file: "actors/backup/manifest.go", old: "found.SHA256 != f.SHA256", new: "found.SHA256 == \"\"",
		pkg: "cmd/topicdesk", test: "TestRestoreRefuses",
	},
	{
		name: "of a tenant that is removed what lies beside its file goes first",
		file: "actors/house/erase.go", old: "append([]string{path}, beside...)", new: "append(beside, path)",
		pkg: "actors/house", test: "TestErasureIsCompleted",
	},
	{
		name: "what is restored is put away as the old, where that was begun before",
		file: "actors/backup/place.go", old: "disk.Exists(in); err != nil || !there", new: "disk.Exists(in); err != nil && !there",
		pkg: "actors/backup", test: "TestWholeIsFinished",
	},
	{
		name: "a copy is restored with the log of another",
		file: "actors/backup/prepare.go", old: "range SQLiteEnds {", new: "range SQLiteEnds[:1] {",
		pkg: "actors/backup", test: "TestPrepareOverAnother",
	},
	{
		name: "commits wait for a checkpoint to be synced",
		file: "tenants/store/store.go", old: "return \"FULL\"", new: "return \"NORMAL\"",
		pkg: "bench/disk", test: "TestPowerCut",
	},
	{
		name: "the file is not written anew after somebody is forgotten",
		file: "tenants/store/forget.go", old: `"VACUUM", `, new: "",
		pkg: "tenants/store", test: "TestScrubReachesPages",
	},
	{
		name: "the log of the file keeps who is forgotten",
		file: "tenants/store/forget.go", old: `, "PRAGMA wal_checkpoint(TRUNCATE)"`, new: "",
		pkg: "tenants/store", test: "TestScrubEmptiesTheLog",
	},
	{
		name: "somebody is forgotten while something of theirs is being sent",
		file: "tenants/store/forget.go", old: "if err == nil && trying {", new: "if err == nil && trying && false {",
		pkg: "tenants/store", test: "TestForgetOfWhatIsUnderWay",
	},
}
