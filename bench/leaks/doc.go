// Package leaks holds HIDE_INFO against a hostile client: made-up chats in which
// people write their names, links and numbers wherever Telegram lets them, in every
// disguise, and a judge who reads each call that would leave for the group.
//
// Each case is made of its number alone. It goes the whole way of a decision
// (dialog.Client and its like, dialog.Joins, dialog.Veil, the settlements of
// refusals, calls.Of), and the judge walks over the calls' fields by reflection: it
// shares no code with what hides, neither with packages privacy and dialog nor with
// the audit of the connection. What the judge finds is a leak, and so is a
// pseudonym on its way to the client. What the audit of the connection refuses
// though the judge finds nothing would keep a client's words from the team without
// need: these are counted too, and must be few.
//
// `make leaks` runs a million cases, which takes eight minutes of two idle cores, and
// tells what it has found by then only at the end; `make leaks CASES=100000 FIRST=1` is
// a share of them. Where others work too: `nice -n 19 make leaks > leaks.log 2>&1`.
// `go test`, and so `make test`, runs some thousands, which takes seconds. A case that
// failed is run alone with `go test ./bench/leaks -run TestNothingLeaks -first N -cases 1`.
//
// # What is promised, and what shows it
//
// Scripts are those of bench/world/testdata, and of tenants/dialog/testdata where a
// slash says so; * is this package. A test holds that all of them are there.
//
//	the same person, the same pseudonym, not to be turned back   privacy: TestPseudonym; upgradehide
//	whole names, and words of them as they are written           privacy: TestNames; hidename, dialog/hide, *
//	titles of now and before                                     privacy: TestTitles; hidetitle, dialog/hidegroup, *
//	@names, mentions, e-mails, links, phones, ids: [hidden]      privacy: TestLinks; hidelink, dialog/hide, *
//	other links, order and bank numbers stay                     privacy: TestLinks; hidelink
//	command: the card for managers, in private                   dialog/infohidden, dialog/infocommand
//	name without link warns that @names stay                     hidefromnow
//	a pseudonym goes out as the first name                       hidename, sayhide, saypseudonym, *
//	titles, typed ones too, and their signs                      openhide, markhide, nametaken, *
//	author lines, joined texts, threads                          hidename, joinhide, *
//	texts, entities, captions, quotes, replies, edits            privacy: TestEntities; hidename, dialog/hide, *
//	contacts, polls, buttons, places, lists, start payloads      dialog/hidekinds, dialog/hide, deeplink, *
//	forwards without their author, what only forwards carry      hidename, dialog/hidekinds
//	names of files and tags                                      kindshidden, dialog/hidekinds
//	who came and left, titles, pins                              dialog/hidegroup, addedhide
//	bans, their buttons and the data of those                    banhide, dialog/bangroup, *
//	who of the team is called like a client                      hideteam
//	/open, /mark, of one bot and of two                          openhide, markhide, hidetwo
//	copies of quick replies                                      sayhide, sayhidetwo
//	General: questions about groups, standing                    groupaskhide, hidenote
//	what waits as it is switched on                              hidewaiting, hideearlier, hidenote, *
//	switched on: titles first, then the question, in each group  hidenew, hidefromnow, hidegroups
//	helpers                                                      helperhide
//	nothing hidden in any random world                           world: checkHidden
//	no words are kept when all is delivered                      world: checkWords
//	links live RETENTION_DAYS                                    retention
//	somebody is forgotten, and given out                         store: TestForget, TestGive; hostforgets
//	secrets are sealed, and in no log, error or export           topicdesk: TestNothingLeaks
package leaks
