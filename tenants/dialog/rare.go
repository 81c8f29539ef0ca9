package dialog

// Rare is what most dialogs do not have. It is stored as one JSON value, so that
// a field needs no migration: give it a short name and omitempty or omitzero,
// and let its zero value mean "nothing".
type Rare struct {
	Mode  Mode  `json:"mode,omitempty"`
	Walks Walks `json:"walks,omitzero"` // who joined and left lately
}
