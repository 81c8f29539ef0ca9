package telegram

// settingMethods are the methods by which a bot describes itself.
var settingMethods = map[string]handler{
	"setMyName":                       setMyText(func(s *settings) map[string]string { return s.names }, "name", maxBotName, nameTooLong),
	"setMyDescription":                setMyText(func(s *settings) map[string]string { return s.about }, "description", maxBotAbout, aboutTooLong),
	"setMyShortDescription":           setMyText(func(s *settings) map[string]string { return s.short }, "short_description", maxBotShort, shortTooLong),
	"getMyName":                       getMyName,
	"getMyDescription":                getMyDescription,
	"getMyShortDescription":           getMyShortDescription,
	"setMyDefaultAdministratorRights": setMyDefaultRights,
	"getMyDefaultAdministratorRights": getMyDefaultRights,
	"setChatMenuButton":               setChatMenuButton,
	"getChatMenuButton":               getChatMenuButton,
	"getUserProfilePhotos":            getUserProfilePhotos,
}

// Limits of what a bot says about itself, in characters (Bot API docs).
const (
	maxBotName  = 64
	maxBotAbout = 512
	maxBotShort = 120
)

// settings are what a bot set about itself. The texts are by language, "" is
// the one for all others.
type settings struct {
	names, about, short map[string]string
	commands            map[commandKey][]commandObject
	buttons             map[int64]menuButton // by person; 0 = for all others
	group, channel      Rights               // suggested to those who make it an administrator
}

func newSettings() settings {
	return settings{
		names: map[string]string{}, about: map[string]string{}, short: map[string]string{},
		commands: map[commandKey][]commandObject{}, buttons: map[int64]menuButton{},
	}
}

// languageArg reads language_code: two small letters or nothing (TDLib source).
func (c *call) languageArg() (string, *problem) {
	code := c.args.str("language_code")
	if code == "" {
		return "", nil
	}
	if len(code) != 2 || code[0] < 'a' || code[0] > 'z' || code[1] < 'a' || code[1] > 'z' {
		return "", fail(badLanguage)
	}
	return code, nil
}

// setMyText does the methods that set one text in one language; an empty one
// takes it away.
func setMyText(texts func(*settings) map[string]string, arg string, limit int, long Situation) handler {
	return func(c *call) (any, *problem) {
		lang, bad := c.languageArg()
		if bad != nil {
			return nil, bad
		}
		text := c.args.str(arg)
		if characters(text) > limit {
			return nil, fail(long)
		}
		if text == "" {
			delete(texts(&c.bot.settings), lang)
			return true, nil
		}
		texts(&c.bot.settings)[lang] = text
		if arg == "name" && lang == "" {
			c.bot.me.first = text
		}
		return true, nil
	}
}

// inLanguage is the text for a language, or the one for all.
func (c *call) inLanguage(texts map[string]string) (string, *problem) {
	lang, bad := c.languageArg()
	if bad != nil {
		return "", bad
	}
	if text, ok := texts[lang]; ok {
		return text, nil
	}
	return texts[""], nil
}

type nameObject struct {
	Name string `json:"name"`
}

func getMyName(c *call) (any, *problem) {
	name, bad := c.inLanguage(c.bot.settings.names)
	if bad == nil && name == "" {
		name = c.bot.me.first
	}
	return nameObject{name}, bad
}

type descriptionObject struct {
	Description string `json:"description"`
}

func getMyDescription(c *call) (any, *problem) {
	text, bad := c.inLanguage(c.bot.settings.about)
	return descriptionObject{text}, bad
}

type shortDescriptionObject struct {
	ShortDescription string `json:"short_description"`
}

func getMyShortDescription(c *call) (any, *problem) {
	text, bad := c.inLanguage(c.bot.settings.short)
	return shortDescriptionObject{text}, bad
}

// defaultRights are those that the call is about.
func (c *call) defaultRights() (*Rights, chatKind) {
	if c.args.flag("for_channels") {
		return &c.bot.settings.channel, channel
	}
	return &c.bot.settings.group, supergroup
}

func setMyDefaultRights(c *call) (any, *problem) {
	at, kind := c.defaultRights()
	if c.args.str("rights") == "" {
		*at = Rights{}
		return true, nil
	}
	f, bad := objectOf(c.args.json("rights"), fail(rightsGarbled), fail(rightsBad, "ChatAdministratorRights must be an Object"))
	if bad != nil {
		return nil, bad
	}
	var r Rights
	for _, n := range r.named() {
		*n.on = f.flag(n.name)
	}
	if f.fault != "" {
		return nil, fail(rightsBad, f.fault)
	}
	*at = r.fit(kind)
	return true, nil
}

func getMyDefaultRights(c *call) (any, *problem) {
	r, kind := c.defaultRights()
	return showRights(*r, kind), nil
}

// DefaultRights are the rights that the bot suggests to those who make it an
// administrator of a group, or of a channel.
func (w *World) DefaultRights(botID int64, channels bool) Rights {
	s := w.robot(botID).settings
	if channels {
		return s.channel
	}
	return s.group
}

// menuButton is the button beside the text field of a private chat.
type menuButton struct {
	Type   string     `json:"type"`
	Text   string     `json:"text,omitempty"`
	WebApp *webAppURL `json:"web_app,omitempty"`
}

type webAppURL struct {
	URL string `json:"url"`
}

// buttonOwner reads the optional chat_id of the menu button's methods.
func (c *call) buttonOwner() (int64, *problem) {
	if !c.args.has("chat_id") {
		return 0, nil
	}
	id, bad := c.userID("chat_id")
	if bad == nil && c.met(id, nil) == nil {
		bad = fail(userNotFound)
	}
	return id, bad
}

func setChatMenuButton(c *call) (any, *problem) {
	b, bad := c.menuButtonArg()
	if bad != nil {
		return nil, bad
	}
	who, bad := c.buttonOwner()
	if bad != nil {
		return nil, bad
	}
	c.bot.settings.buttons[who] = b
	return true, nil
}

// menuButtonArg reads menu_button as the server does.
func (c *call) menuButtonArg() (menuButton, *problem) {
	raw := c.args.json("menu_button")
	if len(raw) == 0 {
		return menuButton{Type: "default"}, nil
	}
	f, bad := objectOf(raw, fail(buttonGarbled), fail(buttonBad, "MenuButton must be an Object"))
	if bad != nil {
		return menuButton{}, bad
	}
	b := menuButton{Type: f.needText("type")}
	switch {
	case f.fault != "":
	case b.Type == "default", b.Type == "commands":
	case b.Type == "web_app":
		b.Text = f.needText("text")
		app := f.needObject("web_app")
		b.WebApp = &webAppURL{app.needText("url")}
		f.adopt(app)
	default:
		f.blame("MenuButton has unsupported type")
	}
	if f.fault != "" {
		return menuButton{}, fail(buttonBad, f.fault)
	}
	return b, nil
}

// getChatMenuButton: a person without a button of his own has the default
// one, which is the list of commands until the bot changes it (measured).
func getChatMenuButton(c *call) (any, *problem) {
	who, bad := c.buttonOwner()
	if bad != nil {
		return nil, bad
	}
	b, ok := c.bot.settings.buttons[who]
	switch {
	case ok:
		return b, nil
	case who == 0:
		return menuButton{Type: "commands"}, nil
	default:
		return menuButton{Type: "default"}, nil
	}
}

type profilePhotosObject struct {
	TotalCount int             `json:"total_count"`
	Photos     [][]photoObject `json:"photos"`
}

func getUserProfilePhotos(c *call) (any, *problem) {
	id, bad := c.userID("user_id")
	if bad != nil {
		return nil, bad
	}
	offset := int(c.args.integer("offset", 0, 0, 1<<31-1))
	limit := int(c.args.integer("limit", 100, 1, 100))
	a := c.met(id, nil)
	if a == nil {
		return nil, fail(userNotFound)
	}
	photos := c.w.faceOf(a).photos
	o := profilePhotosObject{TotalCount: len(photos), Photos: [][]photoObject{}}
	for i, f := range photos {
		if i >= offset && len(o.Photos) < limit {
			o.Photos = append(o.Photos, f.photo(c.bot.me.id))
		}
	}
	return o, nil
}
