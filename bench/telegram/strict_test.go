package telegram

import (
	"encoding/json"
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/mymmrac/telego"

	"topicdesk/bench/spec"
)

// resultType says what a method's result is.
func resultType(method string) reflect.Type {
	switch method {
	case "update":
		return reflect.TypeFor[telego.Update]()
	case "getMe":
		return reflect.TypeFor[telego.User]()
	case "getWebhookInfo":
		return reflect.TypeFor[telego.WebhookInfo]()
	case "getMyCommands":
		return reflect.TypeFor[[]telego.BotCommand]()
	case "createChatInviteLink", "editChatInviteLink", "revokeChatInviteLink":
		return reflect.TypeFor[telego.ChatInviteLink]()
	case "getUserProfilePhotos":
		return reflect.TypeFor[telego.UserProfilePhotos]()
	case "getUserChatBoosts":
		return reflect.TypeFor[telego.UserChatBoosts]()
	case "getMyName":
		return reflect.TypeFor[telego.BotName]()
	case "getMyDescription":
		return reflect.TypeFor[telego.BotDescription]()
	case "getMyShortDescription":
		return reflect.TypeFor[telego.BotShortDescription]()
	case "getMyDefaultAdministratorRights":
		return reflect.TypeFor[telego.ChatAdministratorRights]()
	case "getChatMenuButton":
		return reflect.TypeFor[telego.MenuButton]()
	case "getStickerSet":
		return reflect.TypeFor[telego.StickerSet]()
	case "getForumTopicIconStickers", "getCustomEmojiStickers":
		return reflect.TypeFor[[]telego.Sticker]()
	case "getChat":
		return reflect.TypeFor[telego.ChatFullInfo]()
	case "getChatMemberCount":
		return reflect.TypeFor[int]()
	case "getChatMember":
		return reflect.TypeFor[telego.ChatMember]()
	case "getChatAdministrators":
		return reflect.TypeFor[[]telego.ChatMember]()
	case "exportChatInviteLink":
		return reflect.TypeFor[string]()
	case "createForumTopic":
		return reflect.TypeFor[telego.ForumTopic]()
	case "copyMessage":
		return reflect.TypeFor[telego.MessageID]()
	case "copyMessages", "forwardMessages":
		return reflect.TypeFor[[]telego.MessageID]()
	case "sendMediaGroup":
		return reflect.TypeFor[[]telego.Message]()
	case "getFile":
		return reflect.TypeFor[telego.File]()
	case "getBusinessConnection":
		return reflect.TypeFor[telego.BusinessConnection]()
	case "stopPoll":
		return reflect.TypeFor[telego.Poll]()
	case "getUpdates":
		return reflect.TypeFor[[]telego.Update]()
	}
	if strings.HasPrefix(method, "send") && method != "sendChatAction" && method != "sendMessageDraft" || strings.HasPrefix(method, "editMessage") || method == "stopMessageLiveLocation" || method == "forwardMessage" {
		return reflect.TypeFor[telego.Message]()
	}
	return reflect.TypeFor[bool]()
}

// variants choose the struct behind telego's interfaces by a field's value.
var variants = map[reflect.Type]struct {
	field string
	types map[string]reflect.Type
}{
	reflect.TypeFor[telego.ChatMember](): {"status", map[string]reflect.Type{
		"creator":       reflect.TypeFor[telego.ChatMemberOwner](),
		"administrator": reflect.TypeFor[telego.ChatMemberAdministrator](),
		"member":        reflect.TypeFor[telego.ChatMemberMember](),
		"restricted":    reflect.TypeFor[telego.ChatMemberRestricted](),
		"left":          reflect.TypeFor[telego.ChatMemberLeft](),
		"kicked":        reflect.TypeFor[telego.ChatMemberBanned](),
	}},
	reflect.TypeFor[telego.PaidMedia](): {"type", map[string]reflect.Type{
		"photo":      reflect.TypeFor[telego.PaidMediaPhoto](),
		"preview":    reflect.TypeFor[telego.PaidMediaPreview](),
		"live_photo": reflect.TypeFor[telego.PaidMediaLivePhoto](),
		"video":      reflect.TypeFor[telego.PaidMediaVideo](),
	}},
	reflect.TypeFor[telego.MessageOrigin](): {"type", map[string]reflect.Type{
		"user":        reflect.TypeFor[telego.MessageOriginUser](),
		"hidden_user": reflect.TypeFor[telego.MessageOriginHiddenUser](),
		"chat":        reflect.TypeFor[telego.MessageOriginChat](),
		"channel":     reflect.TypeFor[telego.MessageOriginChannel](),
	}},
	reflect.TypeFor[telego.MenuButton](): {"type", map[string]reflect.Type{
		"commands": reflect.TypeFor[telego.MenuButtonCommands](),
		"web_app":  reflect.TypeFor[telego.MenuButtonWebApp](),
		"default":  reflect.TypeFor[telego.MenuButtonDefault](),
	}},
	reflect.TypeFor[telego.ReactionType](): {"type", map[string]reflect.Type{
		"emoji":        reflect.TypeFor[telego.ReactionTypeEmoji](),
		"custom_emoji": reflect.TypeFor[telego.ReactionTypeCustomEmoji](),
	}},
}

// shape compares a JSON value with telego's type for it, by reflection: its
// own decoders accept unknown fields. It reports unknown fields, missing
// required ones (those without omitempty) and wrong kinds, and notes which
// variants it met.
type shape struct {
	faults []string
	met    map[string]bool
}

func (s *shape) fault(path, format string, args ...any) {
	s.faults = append(s.faults, path+": "+fmt.Sprintf(format, args...))
}

func (s *shape) check(path string, t reflect.Type, v any) {
	switch t.Kind() {
	case reflect.Pointer:
		s.check(path, t.Elem(), v)
	case reflect.Interface:
		s.variant(path, t, v)
	case reflect.Struct:
		s.object(path, t, v)
	case reflect.Slice:
		list, ok := v.([]any)
		if !ok {
			s.fault(path, "is no array: %v", v)
		}
		for i, x := range list {
			s.check(fmt.Sprintf("%s[%d]", path, i), t.Elem(), x)
		}
	case reflect.String:
		if _, ok := v.(string); !ok {
			s.fault(path, "is no string: %v", v)
		}
	case reflect.Bool:
		if _, ok := v.(bool); !ok {
			s.fault(path, "is no boolean: %v", v)
		}
	case reflect.Int, reflect.Int64, reflect.Float64:
		if _, ok := v.(float64); !ok {
			s.fault(path, "is no number: %v", v)
		}
	default:
		s.fault(path, "has a type that the test doesn't know: %s", t)
	}
}

func (s *shape) variant(path string, t reflect.Type, v any) {
	fields, ok := v.(map[string]any)
	if !ok {
		s.fault(path, "is no object: %v", v)
		return
	}
	if t == reflect.TypeFor[telego.MaybeInaccessibleMessage]() {
		if fields["date"] == 0.0 {
			s.check(path, reflect.TypeFor[telego.InaccessibleMessage](), v)
		} else {
			s.check(path, reflect.TypeFor[telego.Message](), v)
		}
		return
	}
	choice, known := variants[t]
	kind, _ := fields[choice.field].(string)
	if !known || choice.types[kind] == nil {
		s.fault(path, "unknown variant %q of %s", kind, t)
		return
	}
	s.met[t.Name()+" "+kind] = true
	s.check(path, choice.types[kind], v)
}

func (s *shape) object(path string, t reflect.Type, v any) {
	fields, ok := v.(map[string]any)
	if !ok {
		s.fault(path, "is no object: %v", v)
		return
	}
	known := map[string]bool{}
	for i := range t.NumField() {
		name, option, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name == "" || name == "-" {
			continue
		}
		known[name] = true
		if x, present := fields[name]; present {
			s.check(path+"."+name, t.Field(i).Type, x)
		} else if option == "" {
			s.fault(path, "lacks %s", name)
		}
	}
	for name := range fields {
		if !known[name] && !spec.Legacy(name) {
			s.fault(path, "has the unknown field %s", name)
		}
	}
}

func TestEverythingHasTelegosShape(t *testing.T) {
	updates, s := map[string]bool{}, &shape{met: map[string]bool{}}
	for _, o := range tour(t) {
		var v any
		if err := json.Unmarshal(o.raw, &v); err != nil {
			t.Fatalf("%v: %v", o, err)
		}
		if as := resultType(o.method); v == true && as == reflect.TypeFor[telego.Message]() {
			s.check(o.method, reflect.TypeFor[bool](), v) // an inline message was edited
		} else {
			s.check(o.method, as, v)
		}
		if o.method == "update" {
			for k := range v.(map[string]any) {
				updates[k] = true
			}
		}
		if i := slices.IndexFunc(o.raw, func(c byte) bool { return c >= 0x80 }); i >= 0 {
			t.Fatalf("byte %d is not ASCII: %v", i, o)
		}
	}
	for _, f := range s.faults {
		t.Error(f)
	}
	for _, kind := range []string{
		updMessage, updEdited, updPost, updEditedPost, updCallback, updMyMember, updMember, updReaction, updPoll, updPollAnswer,
		updConnection, updBusinessMessage, updBusinessEdited, updBusinessDeleted, updJoinRequest, updInlineQuery, updChosen,
	} {
		if !updates[kind] {
			t.Errorf("the tour shows no %s", kind)
		}
	}
	for iface, choice := range variants {
		for kind := range choice.types {
			if !s.met[iface.Name()+" "+kind] {
				t.Errorf("the tour shows no %s %s", iface.Name(), kind)
			}
		}
	}
}

// Every interface of telego's that can be met chooses its struct above, unless
// this Telegram leaves it out.
func TestEveryInterfaceHasItsVariants(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var visit func(typ reflect.Type)
	visit = func(typ reflect.Type) {
		if seen[typ] {
			return
		}
		seen[typ] = true
		switch typ.Kind() {
		case reflect.Pointer, reflect.Slice:
			visit(typ.Elem())
		case reflect.Struct:
			for i := range typ.NumField() {
				name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
				if name != "" && name != "-" && !absent(typ.Name()) && !absent(typ.Name()+"."+name) {
					visit(typ.Field(i).Type)
				}
			}
		case reflect.Interface:
			choice, known := variants[typ]
			if !known && !absent(typ.Name()) && typ != reflect.TypeFor[telego.MaybeInaccessibleMessage]() {
				t.Errorf("no variants of %s", typ.Name())
			}
			for _, variant := range choice.types {
				visit(variant)
			}
		}
	}
	for name := range methods {
		visit(resultType(name))
	}
	visit(reflect.TypeFor[telego.Update]())
	if !seen[reflect.TypeFor[telego.PaidMedia]()] {
		t.Error("the walk doesn't come to paid media")
	}
}

// The shape test itself must see what is wrong.
func TestShapeSeesFaults(t *testing.T) {
	for _, raw := range []string{
		`{"message_id":1,"date":1,"chat":{"id":1,"type":"private"},"bogus":1}`,
		`{"message_id":1,"date":1,"chat":{"id":1}}`,
		`{"message_id":"1","date":1,"chat":{"id":1,"type":"private"}}`,
		`{"message_id":1,"date":1,"chat":{"id":1,"type":"private"},"forward_origin":{"type":"mars","date":1}}`,
	} {
		var v any
		if err := json.Unmarshal([]byte(raw), &v); err != nil {
			t.Fatal(err)
		}
		s := &shape{met: map[string]bool{}}
		s.check("message", reflect.TypeFor[telego.Message](), v)
		if len(s.faults) != 1 {
			t.Errorf("%s: %v", raw, s.faults)
		}
	}
}

// absent says whether the table leaves that name out.
func absent(name string) bool {
	for _, a := range absences {
		for _, pattern := range a.Names {
			if ok, err := path.Match(pattern, name); err != nil {
				panic("telegram: malformed absence " + pattern)
			} else if ok {
				return true
			}
		}
	}
	return false
}
