package doors

import (
	"fmt"
	"reflect"
	"strings"
)

// flagFields are the Bot API's names that don't follow from the field's.
var flagFields = map[string]string{
	"can_send_other_messages":   "SendOther",
	"can_add_web_page_previews": "AddPreviews",
	"can_react_to_messages":     "React",
	"is_anonymous":              "Anonymous",
}

// setFlags sets boolean fields of the struct to which into points: can_pin_messages
// is PinMessages, and so on.
func setFlags(flags map[string]bool, into any) error {
	fields := reflect.ValueOf(into).Elem()
	for name, on := range flags {
		field := fields.FieldByName(flagField(name))
		if !field.IsValid() {
			return fmt.Errorf("there is no right %q here", name)
		}
		field.SetBool(on)
	}
	return nil
}

func flagField(name string) string {
	if field := flagFields[name]; field != "" {
		return field
	}
	var out strings.Builder
	for word := range strings.SplitSeq(strings.TrimPrefix(name, "can_"), "_") {
		if word != "" {
			out.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return out.String()
}
