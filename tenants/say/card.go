package say

// The card of a client.
const (
	CardID          Key = "card-id"
	CardUsername    Key = "card-username"
	CardKind        Key = "card-kind"
	CardKindPrivate Key = "card-kind-private"
	CardKindGroup   Key = "card-kind-group"
	CardKindChannel Key = "card-kind-channel"
	CardFirstSeen   Key = "card-first-seen"
	CardDialogs     Key = "card-dialogs"
	CardConnection  Key = "card-connection"
	CardLanguage    Key = "card-language"
	CardPremium     Key = "card-premium"
	CardYes         Key = "card-yes"
	CardLink        Key = "card-link"
	CardPhone       Key = "card-phone"
)
