package tenants

import "testing"

// A list that names a group by its old id names its new one too, once.
func TestFollow(t *testing.T) {
	tests := []struct {
		name, value, want string
		ok                bool
	}{
		{"IGNORE_CHATS", "777000, -5", "777000, -5, -1005", true},
		{"WHITE_LIST", "-5", "-5, -1005", true},
		{"WHITE_LIST", "-5, -1005", "-5, -1005", false},
		{"IGNORE_CHATS", "-6", "-6", false},
		{"IGNORE_CHATS", "NONE", "NONE", false},
		{"AUTOCLOSE", "5", "5", false},
		{"COFFEE", "-5", "-5", false},
	}
	for _, tt := range tests {
		got, ok := Value{Name: tt.name, Value: tt.value}.Follow(-5, -1005)
		if got.Value != tt.want || ok != tt.ok {
			t.Errorf("%s %s: %s %v, want %s %v", tt.name, tt.value, got.Value, ok, tt.want, tt.ok)
		}
	}
}
