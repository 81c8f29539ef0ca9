package telegram

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func setChatAdministratorCustomTitle(c *call) (any, *problem) {
	id, to, bad := c.groupFor()
	if bad != nil {
		return nil, bad
	}
	m, bad := c.memberOf(to, id)
	if bad != nil {
		return nil, bad
	}
	switch {
	case m.status == statusCreator:
		return nil, fail(ownersTitle)
	case m.status != statusAdministrator:
		return nil, fail(notAnAdmin)
	case !to.mayEdit(c.bot.me, m):
		return nil, fail(noRightTitleOf)
	}
	return c.setTag(to, m, c.args.str("custom_title"), titleInvalid, titleEmoji)
}

func setChatMemberTag(c *call) (any, *problem) {
	id, to, bad := c.groupFor()
	if bad != nil {
		return nil, bad
	}
	who := c.met(id, to)
	switch {
	case who == nil:
		return nil, fail(userNotFound)
	case !to.inside(who):
		return nil, fail(notParticipant)
	case to.standing(who).admin() || !to.standing(c.bot.me).can(canManageTags):
		return nil, fail(tagForbidden)
	}
	return c.setTag(to, to.standing(who), c.args.str("tag"), tagInvalid, tagEmoji)
}

func (c *call) setTag(to *chat, m *member, tag string, long, emoji Situation) (any, *problem) {
	tag = strings.TrimSpace(tag)
	switch {
	case utf8.RuneCountInString(tag) > maxTag:
		return nil, fail(long)
	case strings.ContainsFunc(tag, isEmoji):
		return nil, fail(emoji)
	}
	if bad := c.spend(to, managing, 1); bad != nil {
		return nil, bad
	}
	m.title = tag
	return true, nil
}

func isEmoji(r rune) bool { return r > 0xff && unicode.Is(unicode.So, r) }
