package tenant

import (
	"context"
	"maps"
	"time"

	"topicdesk/actors/telegram"
	"topicdesk/tenants"
	"topicdesk/tenants/command"
	"topicdesk/tenants/dialog"
)

// rightsKept is how long a right that Telegram has told counts without being asked
// for again. That somebody has none never does: who is given one has it at once.
const rightsKept = time.Minute

// memberOf names somebody in a group.
type memberOf struct {
	group tenants.ChatID
	user  tenants.UserID
}

// rights are what Telegram told of somebody in a group.
type rights struct {
	may  tenants.Rights
	told bool // false: it did not say
	at   time.Time
}

func (r rights) has(right command.Right) bool {
	return right == command.BanUsers && r.may.BanUsers || right == command.DeleteMessages && r.may.DeleteMessages
}

// rightFor is the right without which what somebody typed in a topic is refused: what
// has to be asked before it is decided.
func (t *Tenant) rightFor(o owner, d tenants.DialogID, m tenants.Message, edited bool) (command.Right, error) {
	l := t.logins[o.connection]
	if l == nil || edited || m.Own || m.Sender != nil {
		return command.NoRight, nil
	}
	set := t.settingsOf(o.connection, o.kind, d)
	call, kind := dialog.Typed(m.Content.Text.Text, t.named(m, l.row.Username), set)
	if kind != command.Known {
		return command.NoRight, nil
	}
	row, _ := command.Named(call.Name)
	if !row.OfOthers || row.Right == command.NoRight {
		return row.Right, nil
	}
	of, err := t.target(d, m, t.named(m, l.row.Username))
	if err != nil || len(of.Of) == 0 || of.By == m.From.ID || t.standing(o.connection, m, set).Manager {
		return command.NoRight, err
	}
	return row.Right, nil
}

// askRights asks what somebody may do in a group, if a right is needed that is not
// known; known goes on with the answer, or with none.
func (t *Tenant) askRights(c tenants.ConnectionID, who memberOf, right command.Right, known func() error) (bool, error) {
	now := t.now()
	maps.DeleteFunc(t.rights, func(_ memberOf, r rights) bool { return now.Sub(r.at) > rightsKept })
	if right == command.NoRight || t.rights[who].has(right) {
		return false, nil
	}
	t.learn(c, askRights(who), func(l Learnt) error {
		r := rights{at: t.now()}
		if l.Rights != nil {
			r.may, r.told = *l.Rights, true
		}
		t.rights[who] = r
		return known()
	})
	return true, nil
}

// withRights is a standing with what Telegram told of somebody.
func (t *Tenant) withRights(s dialog.Standing, who memberOf) dialog.Standing {
	if r, asked := t.rights[who]; asked {
		s.CanBan, s.CanDelete, s.Untold = r.may.BanUsers, r.may.DeleteMessages, !r.told
	}
	return s
}

// askRights asks what somebody may do in a chat.
func askRights(who memberOf) func(context.Context, telegram.Gateway) Learnt {
	return func(ctx context.Context, g telegram.Gateway) Learnt {
		may, err := g.Rights(ctx, who.group, who.user)
		if err != nil {
			return Learnt{}
		}
		return Learnt{Rights: &may}
	}
}
