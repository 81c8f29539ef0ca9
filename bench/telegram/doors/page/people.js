// Choosing and making people, bots and chats.
import { make, button, color, hex, copy, toast } from './dom.js';
import { get, post } from './api.js';
import { meet, role } from './world.js';
import { ask, pick, show, menu } from './dialog.js';

const line = (a) => ({ value: a, name: a.name, small: [role(a.id), a.bot ? 'bot' : '', a.username ? '@' + a.username : ''].filter(Boolean).join(' · '), color: color(a.id) });

// choosePerson asks for a person; null = nobody was chosen. as is who it was
// until now, whose app may get another language here.
export async function choosePerson(title, as) {
  let made = null;
  const chosen = await pick(title, async (words) => {
    const { accounts } = await get('accounts', { query: words, limit: 200 });
    const rank = (a) => ['administrator', 'operator', 'client', ''].indexOf(role(a.id));
    return accounts.filter((a) => !a.bot && !a.deleted).sort((a, b) => rank(a) - rank(b)).map(line);
  }, [['+ New person', () => { made = newPerson(); }], ['Language…', () => speak(as)]]);
  return chosen || made;
}

// chooseMember asks for a person or bot that isn't among the given.
export function chooseMember(title, except) {
  return pick(title, async (words) => {
    const { accounts } = await get('accounts', { query: words, limit: 100 });
    return accounts.filter((a) => !a.deleted && !except.includes(a.id)).map(line);
  });
}

// chooseTarget asks for a chat, and in forums for a topic: {chat, topic, name}.
export async function chooseTarget(as, title) {
  const chat = await pick(title, async (words) => {
    const { chats } = await get('chats', { as, query: words, limit: 60, sort: 'recent' });
    return chats.map((c) => ({ value: c, name: c.title, small: c.forum ? 'forum: choose a topic next' : c.kind === 'private' ? 'bot' : c.members + ' members', color: color(c.id), kind: c.forum ? 'topic' : '' }));
  });
  if (!chat) return null;
  if (!chat.forum) return { chat: chat.id, topic: 0, name: chat.title };
  const topic = await pick('Topic of ' + chat.title, async (words) => {
    const { topics } = await get('topics', { as, chat: chat.id, query: words, limit: 60, sort: 'recent' });
    return topics.map((t) => ({ value: t, name: t.name, face: t.emoji || t.name, color: hex(t.color), kind: 'topic' }));
  });
  return topic && { chat: chat.id, topic: topic.id, name: topic.name };
}

// speak asks for the language of a person's app, which bots are told.
async function speak(as) {
  const { accounts } = await get('accounts');
  const { name, language } = accounts.find((a) => a.id === as);
  const v = await ask('Language of ' + name + '’s Telegram', [{ name: 'language', label: 'Language', value: language, hint: 'en' }], 'Save');
  if (v && await post('users/set', { user: as, language: v.language })) toast(v.language ? name + '’s Telegram speaks ' + v.language : name + '’s Telegram tells no language');
}

async function newPerson() {
  const v = await ask('New person', [
    { name: 'first_name', label: 'First name', required: true }, { name: 'last_name', label: 'Last name' },
    { name: 'username', label: 'Username', hint: 'without @' }, { name: 'language', label: 'Language', hint: 'en' },
    { name: 'premium', label: 'Premium', type: 'check' }, { name: 'hides_forwards', label: 'Hides the name in forwards', type: 'check' },
  ], 'Create');
  const made = v && await post('users', v);
  if (!made) return null;
  const who = { id: made.id, name: (v.first_name + ' ' + v.last_name).trim(), username: v.username, bot: false };
  meet(who);
  return who;
}

async function newBot() {
  const v = await ask('New bot', [
    { name: 'name', label: 'Name', required: true }, { name: 'username', label: 'Username', hint: 'ends in bot' },
    { name: 'no_privacy', label: 'Reads everything in groups (no privacy mode)', type: 'check', value: true },
  ], 'Create');
  const made = v && await post('bots', v);
  if (made) showToken(v.name, made);
}

// showToken tells what a program needs to be that bot.
export function showToken(name, { token }) {
  const root = location.origin;
  show(name + '’s token', make('div', { class: 'body' },
    make('p', {}, 'Whoever has it is the bot. Give it to your program, and this address in place of https://api.telegram.org:'),
    make('pre', { class: 'token' }, token), button('Copy the token', () => copy(token), { class: 'link' }),
    make('pre', { class: 'address' }, root), make('p', { class: 'faint' }, 'Try it:'), make('pre', {}, `curl ${root}/bot${token}/getMe`)), 'wide');
}

// newChat makes somebody to talk with: people write to bots, and in groups.
export function newChat(pane) {
  const at = pane.root.querySelector('.entry.new');
  menu(at, [
    { icon: '🤖', label: 'Write to a bot', run: () => writeTo(pane) },
    ...[['👥', 'group', 'New group'], ['👥', 'supergroup', 'New supergroup'], ['⋮⋮', 'forum', 'New forum (with topics)'], ['📣', 'channel', 'New channel']]
      .map(([icon, kind, label]) => ({ icon, label, run: () => newGroup(pane, kind, label) })),
    { icon: '🔗', label: 'Join by a link', run: () => join(pane) },
    { icon: '🤖', label: 'New bot', run: newBot },
    { icon: '👤', label: 'New person', run: newPerson },
  ], 'New');
}

async function writeTo(pane) {
  const bot = await pick('Write to', async (words) => {
    const { accounts } = await get('accounts', { query: words, limit: 200 });
    return accounts.filter((a) => a.bot).map(line);
  });
  if (bot) pane.start(bot.id, '');
}

async function join(pane) {
  const v = await ask('Join by a link', [{ name: 'link', label: 'Link or @name', required: true }], 'Join');
  const joined = v && await post('join', { as: pane.as, link: v.link });
  if (!joined) return;
  if (joined.pending) { toast('An administrator must let you in.'); return; }
  const { chats } = await get('chats', { as: pane.as, chat: joined.chat });
  pane.enter({ chat: joined.chat, topic: -1, forum: chats.length > 0 && chats[0].forum });
}

async function newGroup(pane, kind, label) {
  const { accounts } = await get('accounts', { limit: 30 });
  const others = kind === 'channel' ? [] : accounts.filter((a) => a.id !== pane.as && !a.deleted);
  const v = await ask(label, [
    { name: 'title', label: 'Title', required: true },
    ...(others.length ? [{ name: 'members', label: 'Members', type: 'checks', options: others.map((a) => [String(a.id), a.name + (a.bot ? ' (bot)' : ''), false]) }] : []),
  ], 'Create');
  if (!v) return;
  const members = Object.entries(v.members || {}).filter(([, on]) => on).map(([id]) => Number(id));
  const made = await post('chats', { kind, owner: pane.as, title: v.title, members });
  if (made) pane.enter({ chat: made.id, topic: -1, forum: kind === 'forum' });
}

// askPoll asks for a poll; null = none.
export async function askPoll() {
  const p = await ask('New poll', [
    { name: 'question', label: 'Question', required: true }, { name: 'options', label: 'Answers, one a line', type: 'area', value: 'Yes\nNo' },
    { name: 'multiple', label: 'Several answers', type: 'check' }, { name: 'public', label: 'Everybody sees who voted', type: 'check' },
  ], 'Send');
  return p && { ...p, options: p.options.split('\n').map((o) => o.trim()).filter(Boolean) };
}

// asked gives what a key of a bot's keyboard asks for; null = the person won't.
export async function asked(as, key) {
  switch (key.asks) {
    case 'contact': return { phone: '+4915112345678' };
    case 'location': return { location: { latitude: 52.52, longitude: 13.405 } };
    case 'poll': { const poll = await askPoll(); return poll && { poll }; }
    case 'users': { const who = await chooseMember(key.text, [as]); return who && { users: [who.id] }; }
    case 'chat': { const to = await chooseTarget(as, key.text); return to && { share: to.chat }; }
    default: return {};
  }
}

// setUp makes a first small desk, for those who begin with nothing.
export async function setUp() {
  const ann = await post('users', { first_name: 'Ann', username: 'ann' });
  const olga = await post('users', { first_name: 'Olga', username: 'olga' });
  const bot = await post('bots', { name: 'My bot', username: 'my_first_bot', no_privacy: true });
  if (!ann || !olga || !bot) return;
  const forum = await post('chats', { kind: 'forum', owner: olga.id, title: 'Support', members: [bot.id] });
  if (!forum) return;
  await post('members', { as: olga.id, chat: forum.id, user: bot.id, do: 'promote' });
  await post('chats', { kind: 'group', owner: ann.id, title: 'Ann & friends', members: [bot.id] });
  showToken('My bot', bot);
}
