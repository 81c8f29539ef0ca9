package telegram

import "strings"

// infoMethods are the methods that change what a chat is called and shows.
var infoMethods = map[string]handler{
	"setChatTitle":         setChatTitle,
	"setChatDescription":   setChatDescription,
	"setChatPhoto":         setChatPhoto,
	"deleteChatPhoto":      deleteChatPhoto,
	"setChatStickerSet":    setChatStickerSet,
	"deleteChatStickerSet": deleteChatStickerSet,
}

// Limits of what chats show, in characters; longer is cut (TDLib source).
const (
	maxTitle = 128
	maxAbout = 255
)

// mayChangeInfo says whether the account may change title, photo and
// description: bots only as administrators.
func (w *World) mayChangeInfo(c *chat, a *account) bool {
	m := c.standing(a)
	switch {
	case m.admin():
		return m.can(canChangeInfo)
	case !m.inside(), c.kind == channel, c.kind == basicGroup && a.bot != nil:
		return false
	default:
		return w.allowed(c, a).ChangeInfo
	}
}

// mayInfo finds the chat and checks the right to change it.
func (c *call) mayInfo(private, forbidden Situation) (*chat, *problem) {
	to, bad := c.target("chat_id", toWrite)
	switch {
	case bad != nil:
		return nil, bad
	case to.kind == privateChat:
		return nil, fail(private)
	case !c.w.mayChangeInfo(to, c.bot.me):
		return nil, fail(forbidden)
	default:
		return to, nil
	}
}

func setChatTitle(c *call) (any, *problem) {
	title := cleanTitle(c.args.str("title"), maxTitle)
	to, bad := c.target("chat_id", toWrite)
	switch {
	case bad != nil:
		return nil, bad
	case title == "":
		return nil, fail(titleEmpty)
	case to.kind == privateChat:
		return nil, fail(titlePrivate)
	case !c.w.mayChangeInfo(to, c.bot.me):
		return nil, fail(noRightTitle)
	case title == to.title:
		return true, nil
	}
	if bad := c.spend(to, managing, 1); bad != nil {
		return nil, bad
	}
	c.w.retitleChat(c.bot.me, to, title)
	return true, nil
}

func setChatDescription(c *call) (any, *problem) {
	about := cut(strings.TrimSpace(c.args.str("description")), maxAbout)
	to, bad := c.mayInfo(aboutPrivate, noRightAbout)
	switch {
	case bad != nil:
		return nil, bad
	case about == to.about:
		return nil, fail(aboutNotModified)
	}
	if bad := c.spend(to, managing, 1); bad != nil {
		return nil, bad
	}
	to.about = about
	return true, nil
}

func setChatPhoto(c *call) (any, *problem) {
	up, ok := c.args.file("photo")
	if name, attached := strings.CutPrefix(c.args.str("photo"), "attach://"); !ok && attached {
		up, ok = c.args.file(name)
	}
	switch {
	case !ok && c.args.str("photo") == "":
		return nil, fail(noFileInRequest, "photo")
	case !ok:
		return nil, fail(photoNotUploaded)
	}
	to, bad := c.mayInfo(photoPrivate, noRightPhoto)
	switch {
	case bad != nil:
		return nil, bad
	case len(up.Data) == 0:
		return nil, fail(fileEmpty)
	}
	if bad := c.spend(to, managing, 1); bad != nil {
		return nil, bad
	}
	c.w.setPhoto(c.bot.me, to, File{Data: up.Data})
	return true, nil
}

func deleteChatPhoto(c *call) (any, *problem) {
	to, bad := c.mayInfo(photoPrivate, noRightPhoto)
	switch {
	case bad != nil:
		return nil, bad
	case to.photo == nil:
		return nil, fail(chatNotModified)
	}
	if bad := c.spend(to, managing, 1); bad != nil {
		return nil, bad
	}
	c.w.dropPhoto(c.bot.me, to)
	return true, nil
}

func setChatStickerSet(c *call) (any, *problem) {
	name := c.args.str("sticker_set_name")
	to, bad := c.target("chat_id", toWrite)
	switch {
	case bad != nil:
		return nil, bad
	case to.kind != supergroup:
		return nil, fail(onlySupergroups)
	case name == "":
		return nil, fail(setNameEmpty)
	}
	set, ok := c.w.stickerSet(name)
	if !ok {
		return nil, fail(setNotFound)
	}
	return c.giveStickers(to, set.Name)
}

func deleteChatStickerSet(c *call) (any, *problem) {
	to, bad := c.target("chat_id", toWrite)
	switch {
	case bad != nil:
		return nil, bad
	case to.kind != supergroup:
		return nil, fail(onlySupergroups)
	}
	return c.giveStickers(to, "")
}

func (c *call) giveStickers(to *chat, name string) (any, *problem) {
	switch {
	case !to.standing(c.bot.me).can(canChangeInfo):
		return nil, fail(noRightStickers)
	case !to.canSetStickers():
		return nil, fail(cantSetStickers)
	}
	if bad := c.spend(to, managing, 1); bad != nil {
		return nil, bad
	}
	to.stickers = name
	return true, nil
}

// cut shortens to so many characters.
func cut(s string, limit int) string {
	if r := []rune(s); len(r) > limit {
		return strings.TrimSpace(string(r[:limit]))
	}
	return s
}
