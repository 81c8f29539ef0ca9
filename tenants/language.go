package tenants

import "topicdesk/tenants/say"

// Language is a language's two letters, as people's language_code begins with
// (Bot API User): "en", "ru".
type Language = say.Language

// English is what is said where nobody has chosen a language.
const English = say.English
