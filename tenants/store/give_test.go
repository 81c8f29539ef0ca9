package store_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"topicdesk/tenants"
	"topicdesk/tenants/store"
)

// TestGive: what is known of somebody is given as it stands, and nothing of others.
func TestGive(t *testing.T) {
	f := open(t)
	people(f)
	f.write(func(tx *store.Tx) error { return tx.SetReceiveState(bot1, []byte("offset")) })
	var given struct {
		Dialogs []struct {
			Chat      int64
			Client    tenants.Person
			FirstSeen string  `json:"first_seen"`
			Greeted   *string `json:"greeted"`
		}
		Links, Jobs, Topics, Params []map[string]any
	}
	if err := json.Unmarshal(must(f.GiveDialog(1)), &given); err != nil {
		t.Fatal(err)
	}
	d := given.Dialogs[0]
	equal(t, "dialog", []any{d.Chat, d.Client.Username, d.FirstSeen, d.Greeted}, []any{int64(annabella), "anna_leeds", start.Format("2006-01-02T15:04:05.999Z07:00"), (*string)(nil)})
	equal(t, "rows", []int{len(given.Links), len(given.Jobs), len(given.Topics), len(given.Params)}, []int{1, 1, 1, 1})
	equal(t, "nobody", must(f.GiveDialog(99)), nil)
	equal(t, "dialogs", must(f.Dialogs(1, 10)), []tenants.DialogID{2, 3})

	met := string(must(f.GiveMet(annabella)))
	if !strings.Contains(met, `"names":[{"dialog":3,"person":{"id":7123456789`) || strings.Contains(met, "Boris") {
		t.Errorf("met: %s", met)
	}
	for _, part := range []string{
		`"banned":[{"dialog":3,`, `"assigned":[{"dialog":3,`, `"came":[{"dialog":3,"person":{"id":7123456789`, `"jobs":[{`, `in the club`, `"links":[{`,
	} {
		if !strings.Contains(met, part) {
			t.Errorf("of the club %s is missing: %s", part, met)
		}
	}
	for _, part := range []string{"my plan", "a plan with parts", `"phones"`} { // her own dialogs', and nobody's
		if strings.Contains(met, part) {
			t.Errorf("of the club is given %s: %s", part, met)
		}
	}
	own := must(f.GiveTenant())
	if !json.Valid(own) || !strings.Contains(string(own), `"username":"one_bot"`) || strings.Contains(string(own), "receive_state") {
		t.Errorf("the tenant's own: %s", own)
	}
	if strings.Contains(string(own), "secret plan") || strings.Contains(string(own), "plan with parts") {
		t.Errorf("a client's words: %s", own)
	}
}

// TestGivenColumns: a column that the schema wants to be JSON is given as JSON, and
// times are columns that there are.
func TestGivenColumns(t *testing.T) {
	var want []string
	for _, column := range regexp.MustCompile(`CHECK \(json_valid\((\w+)\)\)`).FindAllStringSubmatch(tables(), -1) {
		want = append(want, column[1])
	}
	slices.Sort(want)
	equal(t, "JSON", store.JSONColumns, slices.Compact(want))
	for _, column := range store.TimeColumns {
		if !regexp.MustCompile(`(?m)^\s+(ADD COLUMN )?`+column+`\s+INTEGER`).MatchString(tables()) && !strings.Contains(tables(), "ADD COLUMN "+column) {
			t.Errorf("no column %s", column)
		}
	}
}
