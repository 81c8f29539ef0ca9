// A pane is one person's Telegram: a list of chats or of a forum's topics, and
// the chat that is open.
import { $, make, button, avatar, color, hex, toast, copy } from './dom.js';
import { get, post } from './api.js';
import { world, account, meet, role, unread, ALL } from './world.js';
import { alert, ask, menu } from './dialog.js';
import { List } from './list.js';
import { Log } from './log.js';
import { Composer } from './composer.js';
import { brief, hush } from './media.js';
import { choosePerson, chooseTarget, newChat, asked } from './people.js';
import { chatInfo } from './info.js';

const HASH = '#8a98a5'; // the colour of General

// faceOf is a topic's name without the signs before it; General's is #.
const faceOf = (t) => (t.id === 0 ? '#' : t.name.replace(/^[\p{P}\p{S}\p{Emoji_Presentation}\s]+/u, '') || t.name);

const topicAvatar = (t) => (t.emoji ? avatar(t.emoji, 'transparent', 'topic emoji') : avatar(faceOf(t), t.id ? hex(t.color) : HASH, 'topic'));

// under is what stands below the name of what is open; talk: it is a person.
function under(chat, topic, talk) {
  if (topic) return chat.title + (topic.closed ? ' · closed' : '') + (topic.hidden ? ' · hidden' : '');
  if (chat.kind === 'private') return talk ? 'person' : chat.blocked ? 'bot · blocked' : 'bot';
  return chat.members ? `${chat.members} members` + (chat.protected ? ' · protected' : '') : '';
}

export class Pane {
  // forum says whether the pane begins with the operators' group.
  constructor(root, { name, forum, refresh }) {
    root.append($('#pane').content.cloneNode(true));
    this.root = root;
    this.name = name;
    this.home = forum;
    this.refresh = refresh;
    this.as = 0;
    this.chat = 0;
    this.topic = ALL;
    this.forum = 0; // the forum whose topics are listed; 0 = chats are
    this.kind = 'private';
    this.note = '';
    this.asked = new Map(); // callback queries without an answer → their buttons
    $('.tag', root).textContent = name;
    $('.list', root).setAttribute('aria-label', 'Chats: ' + name);
    this.list = new List(this, $('.list', root), $('.search', root));
    this.log = new Log(this, $('.log', root));
    this.composer = new Composer(this, $('.compose', root));
    $('.person', root).addEventListener('click', () => this.choose());
    $('.back', root).addEventListener('click', () => this.back());
    $('.head .about', root).addEventListener('click', () => this.about());
    $('.pins', root).addEventListener('click', () => this.nextPin());
  }

  get key() { return `${this.as}/${this.chat}/${this.topic}`; }
  get now() { return world.now; }

  // be makes the pane another person's.
  be(id) {
    this.as = id;
    this.forum = 0;
    this.chat = 0;
    this.first = true;
    this.list.reset();
    this.log.clear();
    this.composer.plain();
    this.wide('list');
    this.refresh();
  }

  async choose() {
    const chosen = await choosePerson(`Whose Telegram is on the ${this.home ? 'right' : 'left'}?`, this.as);
    if (chosen) { meet(chosen); this.be(chosen.id); }
  }

  // wide says which half is seen where there is room for one only.
  wide(half) { this.root.dataset.half = half; }

  back() {
    this.wide('list');
    ($('.entry[aria-current=true]', this.root) || $('.entry', this.root))?.focus();
  }

  open(chat, topic) {
    if (chat === this.chat && topic === this.topic) return;
    hush();
    this.chat = chat;
    this.topic = topic;
    this.was = null;
    this.composer.plain();
    this.composer.inline.close();
    this.composer.slash.close();
    this.composer.keys(null);
    this.log.clear();
  }

  // enter opens an entry of the list.
  enter(l) {
    if (l.forum) { this.enterForum(l.chat); return; }
    this.open(l.chat, l.topic);
    this.wide('chat');
    this.refresh();
    this.composer.focus();
  }

  enterForum(chat) {
    this.forum = chat;
    this.list.reset();
    this.open(chat, 0);
    this.refresh();
  }

  leaveForum() {
    this.forum = 0;
    this.list.reset();
    this.wide('list');
    this.refresh();
  }

  answer(m, part) { this.composer.answer(m, part); }
  change(m) { this.composer.change(m); }
  jump(id) { this.log.jump(id); }
  sent() { this.log.range = {}; this.log.bottom = true; this.refresh(); }
  say(text) { return post('send', { as: this.as, chat: this.chat, topic: Math.max(0, this.topic), text }).then(() => this.sent()); }

  async keyed(b) {
    const given = await asked(this.as, b);
    if (given && await post('keys', { as: this.as, chat: this.chat, topic: Math.max(0, this.topic), text: b.text, ...given })) this.sent();
  }

  async forward(ids) {
    const to = await chooseTarget(this.as, 'Forward to');
    if (!to) return;
    const done = await post('forward', { as: this.as, chat: to.chat, topic: Math.max(0, to.topic), from: this.chat, messages: ids });
    if (done) toast('Forwarded to ' + to.name);
  }

  // follow does what a link in a message asks for.
  follow(href) {
    if (href.startsWith('command:')) { this.say(href.slice(8)); return; }
    const deep = href.match(/^(?:https:\/\/t\.me\/|tg:\/\/resolve\?domain=)(\w+)[?&]start=([\w-]*)/);
    const bot = deep && world.stage.accounts.find((a) => a.bot && a.username.toLowerCase() === deep[1].toLowerCase());
    if (bot) { this.start(bot.id, deep[2]); return; }
    const topic = href.match(/^https:\/\/t\.me\/c\/(\d+)\/(\d+)$/);
    if (topic && Number('-100' + topic[1]) === this.forum) { this.enter({ chat: this.forum, topic: Number(topic[2]) }); return; }
    if (/^https?:/.test(href)) window.open(href, '_blank', 'noopener');
    else toast(href);
  }

  async start(bot, payload) {
    if (!await post('start', { as: this.as, bot, payload })) return;
    this.forum = 0;
    this.open(bot, ALL);
    this.wide('chat');
    this.sent();
  }

  async press(m, b, node) {
    if (b.copy) { copy(b.copy); return; }
    if (b.url) { this.follow(b.url); return; }
    if (!b.data) { toast('This kind of button does nothing here.'); return; }
    const pressed = await post('press', { as: this.as, chat: this.chat, message: m.id, data: b.data });
    if (!pressed) return;
    node.classList.add('waiting');
    this.asked.set(pressed.query, node);
  }

  // answers shows what the bot has said to the buttons that were pressed.
  async answers() {
    for (const [query, node] of this.asked) {
      const a = await get('callback', { query });
      if (!a.answered) continue;
      this.asked.delete(query);
      node.classList.remove('waiting');
      if (a.url) this.follow(a.url);
      else if (a.text && a.alert) alert(a.text, 'The bot says');
      else if (a.text) toast(a.text);
    }
  }

  nextPin() {
    if (!this.pins || !this.pins.length) return;
    const pin = this.pins[this.pinAt % this.pins.length];
    this.pinAt++;
    this.showPin();
    this.jump(pin.id);
  }

  showPin() {
    const bar = $('.pins', this.root);
    bar.hidden = !this.pins.length;
    if (bar.hidden) return;
    const pin = this.pins[this.pinAt % this.pins.length];
    const state = pin.id + brief(pin) + this.pins.length;
    if (bar.dataset.state === state) return;
    bar.dataset.state = state;
    bar.replaceChildren(make('b', {}, '📌 ' + (this.pins.length > 1 ? `Pinned ${this.pins.length - this.pinAt % this.pins.length} of ${this.pins.length}` : 'Pinned message')), make('span', {}, brief(pin)));
  }

  async update() {
    const { stage } = world;
    if (!this.as) this.as = this.home ? stage.operators[0] || 0 : stage.client || 0;
    this.root.hidden = this.home && !this.as;
    if (!this.as) return;
    if (this.first !== false) this.begin();
    await Promise.all([this.updateList(), this.updateChat(), this.answers()]);
    this.showPerson();
  }

  // begin opens what the person looks at first.
  begin() {
    const { stage } = world;
    this.first = false;
    const operator = stage.operators.includes(this.as);
    if (stage.forum && operator && this.home) { this.forum = stage.forum; this.open(stage.forum, 0); } else if (stage.bot && !this.home) this.open(stage.bot, ALL);
    else this.chat = 0;
    if (this.chat && !matchMedia('(max-width: 720px)').matches) this.wide('chat');
  }

  showPerson() {
    const who = account(this.as);
    if (!who) return;
    const state = who.name + role(this.as);
    const node = $('.person', this.root);
    if (node.dataset.state === state) return;
    node.dataset.state = state;
    node.replaceChildren(avatar(who.name, color(who.id)), make('span', { class: 'grow' }, make('b', {}, who.name), make('small', {}, role(this.as) || 'somebody')), make('span', { 'aria-hidden': 'true' }, '▾'));
    this.composer.label('Write as ' + who.name);
  }

  async updateList() {
    const asked = this.as + '/' + this.forum;
    if (this.forum) {
      const [{ topics, total }, { chats }] = await Promise.all([get('topics', { as: this.as, chat: this.forum, ...this.list.query }), get('chats', { as: this.as, chat: this.forum })]);
      if (asked === this.as + '/' + this.forum) this.listTopics(chats[0], topics, total);
      return;
    }
    const { chats, total } = await get('chats', { as: this.as, ...this.list.query });
    if (asked === this.as + '/' + this.forum) this.listChats(chats, total);
  }

  listChats(chats, total) {
    const { stage } = world;
    if (stage.bot && !this.list.query.query && !chats.some((c) => c.id === stage.bot)) chats.push({ id: stage.bot, kind: 'private', title: stage.bot_name, members: 2, messages: 0 });
    const order = (c) => (this.home ? 0 : c.id === stage.bot ? 2 : c.id === stage.group ? 1 : 0);
    chats.sort((a, b) => order(b) - order(a));
    if (!this.chat && chats.length) { const first = chats[0]; if (first.forum) { this.enterForum(first.id); return; } this.open(first.id, ALL); this.refresh(); }
    const lines = chats.map((c) => ({
      chat: c.id, topic: ALL, forum: c.forum, name: c.title, face: c.title, color: color(c.id), kind: c.forum ? 'topic' : '',
      marks: (c.blocked ? '🚫' : '') + (c.forum ? '⋮⋮' : ''), last: c.last, from: c.kind !== 'private', unread: c.forum ? 0 : unread(this.as, c.id, ALL, c, this.sees(c.id, ALL)),
    }));
    this.list.show(lines, Math.max(total, chats.length), [this.more ||= button('+ New chat', () => newChat(this), { class: 'entry new' })]);
  }

  listTopics(forum, topics, total) {
    const { stage } = world;
    const order = (t) => (t.id === 0 ? 1 : 0);
    topics.sort((a, b) => order(b) - order(a));
    const lines = topics.map((t) => ({
      chat: this.forum, topic: t.id, name: t.name, face: faceOf(t), emoji: t.emoji, color: t.id ? hex(t.color) : HASH, kind: 'topic' + (t.hidden ? ' dim' : ''),
      marks: (t.closed ? '🔒' : '') + (t.hidden ? '👁‍🗨 hidden' : '') + (t.pinned ? '📌' : ''), last: t.last, from: true,
      unread: unread(this.as, this.forum, t.id, t, this.sees(this.forum, t.id)),
    }));
    this.all ||= button('', () => this.leaveForum(), { class: 'entry all', title: 'All chats' });
    const title = forum ? forum.title : 'Not a member';
    if (this.all.textContent !== '‹ ' + title) this.all.replaceChildren(make('span', { 'aria-hidden': 'true' }, '‹ '), make('b', {}, title));
    this.all.disabled = !forum && this.forum === stage.forum;
    const found = topics.find((t) => t.id === this.topic);
    if (found) this.was = found;
    this.list.show(forum ? lines : [], total, forum ? [this.make ||= button('+ New topic', () => this.newTopic(), { class: 'entry new' })] : [], [this.all]);
  }

  // sees says whether the person looks at that chat now.
  sees(chat, topic) {
    return chat === this.chat && topic === this.topic && this.root.offsetParent !== null && !(this.narrow() && this.root.dataset.half !== 'chat');
  }

  narrow() { return getComputedStyle($('.chat', this.root)).getPropertyValue('--alone').trim() === '1'; }

  async updateChat() {
    if (!this.chat) return;
    const asked = this.key;
    const at = { as: this.as, chat: this.chat };
    const topical = this.forum === this.chat;
    const [{ chats }, { topics }, pins, seen, { keyboard }, { commands }, writing] = await Promise.all([
      get('chats', { as: this.as, chat: this.chat }), topical ? get('topics', at) : { topics: [] },
      get('pins', { ...at, topic: this.topic }), this.log.load(), ...['keys', 'commands', 'writing'].map((what) => get(what, { ...at, topic: Math.max(0, this.topic) }).catch(() => ({}))),
    ]);
    if (asked !== this.key || !seen) return;
    const { stage } = world;
    const chat = chats[0] || (this.chat === stage.bot ? { id: stage.bot, kind: 'private', title: stage.bot_name, members: 2, messages: 0 } : null);
    const topic = topics.find((t) => t.id === this.topic);
    this.pins = pins.messages;
    this.pinAt ||= 0;
    this.showPin();
    if (!chat) { this.outside(); return; }
    this.info = { chat, topic };
    this.kind = chat.kind;
    if (topical && this.topic > 0 && !topic) { this.lost(); return; }
    const talk = chat.kind === 'private' && (account(chat.id) || { bot: true }).bot === false;
    const started = talk || seen.messages.length > 0 || seen.older;
    this.note = chat.kind === 'private' ? 'What can this bot do?\nPress Start to find out.' : 'Nothing here yet';
    this.log.show(seen);
    this.head(chat, topic, talk);
    this.composer.keys(keyboard);
    this.composer.slash.offer(commands || []);
    if (writing.writing && Math.max(0, this.topic) === writing.topic) $('.head small', this.root).textContent = 'is writing… ' + writing.text;
    else this.small();
    if (chat.blocked) this.composer.only('Unblock', () => post('block', { as: this.as, bot: chat.id, on: false }));
    else this.composer.only(chat.kind === 'private' && !started ? 'Start' : '', () => this.start(chat.id, ''));
  }

  outside() {
    this.head({ title: 'Not a member', kind: 'none', id: this.chat }, null);
    this.log.gone(account(this.as).name + ' is not in this group (any more).', () => { this.chat = 0; this.leaveForum(); });
    this.composer.only('Not a member', () => {});
  }

  // lost is what is seen of a topic that was deleted.
  lost() {
    const name = this.was ? `“${this.was.name}”` : 'This topic';
    this.head({ title: this.was ? this.was.name : 'Deleted topic', kind: 'gone', id: this.chat, members: 0 }, null);
    this.below = 'deleted';
    this.small();
    this.log.gone(`The topic ${name} was deleted.`, () => { this.open(this.forum, 0); this.wide('list'); this.refresh(); });
    this.composer.only('The topic is deleted: go to General', () => { this.open(this.forum, 0); this.refresh(); });
  }

  // small puts the words below the name back.
  small() {
    const node = $('.head small', this.root);
    if (node && node.textContent !== this.below) node.textContent = this.below;
  }

  head(chat, topic, talk) {
    const name = topic ? topic.name : chat.title;
    const small = under(chat, topic, talk);
    this.below = small;
    const state = JSON.stringify([this.key, name, small, chat.messages > 0, topic && [topic.closed, topic.hidden, topic.emoji, topic.color]]);
    if (state === this.headed) return;
    this.headed = state;
    const face = topic ? topicAvatar(topic) : avatar(name, color(chat.id));
    const about = $('.head .about', this.root);
    about.replaceChildren(face, make('span', { class: 'name' }, make('b', {}, name), make('small', {}, small)));
    $('.head .tools', this.root).replaceChildren(...(topic ? this.topicTools(topic) : this.botTools(chat, talk)));
  }

  botTools(chat, talk) {
    if (chat.kind !== 'private' || talk || chat.blocked || !chat.messages) return [];
    return [button('Block', () => post('block', { as: this.as, bot: chat.id, on: true }))];
  }

  topicTools(topic) {
    const turn = (what, more = {}) => post('topics', { as: this.as, chat: this.forum, topic: topic.id, do: what, ...more });
    const items = [
      { icon: '✎', label: 'Rename', run: () => this.rename(topic) },
      topic.id ? { icon: '🖼', label: 'Change icon', run: () => this.icon(topic) } : { icon: '👁', label: topic.hidden ? 'Show General' : 'Hide General', run: () => turn(topic.hidden ? 'show' : 'hide') },
      topic.id ? { icon: '🗑', label: 'Delete topic', bad: true, run: () => turn('delete') } : null,
    ];
    return [button(topic.closed ? 'Reopen' : 'Close', () => turn(topic.closed ? 'reopen' : 'close')),
      button('⋯', (e) => menu(e.currentTarget, items, 'Topic'), { 'aria-label': 'More about the topic' })];
  }

  async rename(topic) {
    const v = await ask('Rename the topic', [{ name: 'name', label: 'Name', value: topic.name, required: true }], 'Rename');
    if (v) post('topics', { as: this.as, chat: this.forum, topic: topic.id, do: 'rename', name: v.name });
  }

  async icon(topic) {
    const { icons } = await get('icons');
    const set = (icon) => post('topics', { as: this.as, chat: this.forum, topic: topic.id, do: 'icon', icon });
    const rows = [];
    for (let i = 0; i < icons.length; i += 8) rows.push(icons.slice(i, i + 8).map((x) => ({ icon: x.emoji, name: 'Icon ' + x.emoji, run: () => set(x.id) })));
    menu($('.head .tools', this.root), [...rows, { icon: '✕', label: 'No icon', run: () => set('') }], 'Icons');
  }

  async newTopic() {
    const colors = [7322096, 16766590, 13338331, 9367192, 16749490, 16478047];
    const names = ['Blue', 'Yellow', 'Violet', 'Green', 'Pink', 'Red'];
    const v = await ask('New topic', [{ name: 'name', label: 'Name', required: true }, { name: 'color', label: 'Colour', type: 'select', options: colors.map((c, i) => [c, names[i]]) }], 'Create');
    if (!v) return;
    const made = await post('topics', { as: this.as, chat: this.forum, do: 'create', name: v.name, color: Number(v.color) });
    if (made) { this.open(this.forum, made.id); this.wide('chat'); this.refresh(); }
  }

  about() { if (this.info) chatInfo(this, this.info.chat); }
}
