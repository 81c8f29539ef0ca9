'use strict';
// The page knows nothing of the World but what /world/ tells it; the table of
// those endpoints is in the package's documentation.

const $ = (selector, root = document) => root.querySelector(selector);
const REACTIONS = ['👍', '❤', '🔥', '😁', '👎'];
const PALETTE = ['#e17076', '#7bc862', '#65aadd', '#a695e7', '#ee7aae', '#6ec9cb', '#f5a55a'];
const ALL = -1;

let stage = null;
let people = [];
const read = new Map(); // "person/chat/topic" → messages seen

function make(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (key === 'class') node.className = value;
    else if (value !== undefined && value !== null) node.setAttribute(key, value);
  }
  node.append(...children.filter((c) => c !== null && c !== undefined && c !== ''));
  return node;
}

async function call(method, path, data) {
  const options = { method };
  if (data && method === 'POST') {
    options.body = JSON.stringify(data);
    options.headers = { 'Content-Type': 'application/json' };
  } else if (data) {
    path += '?' + new URLSearchParams(data);
  }
  const answer = await fetch('/world/' + path, options);
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error || answer.statusText);
  return body;
}
const get = (path, data) => call('GET', path, data);

// post does something as a person and shows what is wrong with it.
async function post(path, data) {
  try {
    return await call('POST', path, data);
  } catch (err) {
    toast(err.message.replace(/^telegram: /, ''));
    return null;
  } finally {
    refresh();
  }
}

let toastTimer;
function toast(text) {
  $('#toast').textContent = text;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { $('#toast').textContent = ''; }, 4000);
}

const color = (id) => PALETTE[Math.abs(Number(id)) % PALETTE.length];
const hex = (n) => '#' + (n || 7322096).toString(16).padStart(6, '0');
const account = (id) => stage.accounts.find((a) => a.id === id);
const clock = (unix) => new Date(unix * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = (unix) => new Date(unix * 1000).toLocaleDateString([], { day: 'numeric', month: 'long' });

// letter is what stands in an avatar: the first letter, or a leading emoji.
function letter(name) {
  const first = [...new Intl.Segmenter().segment(name.trim())][0];
  return first ? first.segment.toUpperCase() : '?';
}
function avatar(node, name, background) {
  node.textContent = letter(name);
  node.style.background = background;
  return node;
}

// ---- messages

const KINDS = {
  photo: ['🖼', 'Photo'], video: ['🎬', 'Video'], animation: ['🎞', 'GIF'], audio: ['🎵', 'Audio'], voice: ['🎤', 'Voice message'],
  video_note: ['⏺', 'Video message'], document: ['📄', 'Document'], sticker: ['😺', 'Sticker'], location: ['📍', 'Location'],
  venue: ['📍', 'Venue'], contact: ['👤', 'Contact'], poll: ['📊', 'Poll'], dice: ['🎲', 'Dice'],
};

function size(bytes) {
  return bytes >= 1 << 20 ? (bytes / (1 << 20)).toFixed(1) + ' MB' : Math.max(1, Math.round(bytes / 1024)) + ' KB';
}

// brief is a message in one line, for lists and replies.
function brief(m) {
  if (!m) return '';
  if (m.kind === 'service') return m.notice;
  const kind = KINDS[m.kind];
  return kind ? kind[0] + ' ' + (m.text || kind[1]) : m.text;
}

const TAGS = { bold: 'b', italic: 'i', underline: 'u', strikethrough: 's', code: 'code', pre: 'pre', blockquote: 'blockquote', expandable_blockquote: 'blockquote' };

// rich renders text with its entities, nested ones inside the larger.
function rich(text, entities = [], from = 0, to = text.length) {
  const out = document.createDocumentFragment();
  const inside = entities.filter((e) => e.offset >= from && e.offset + e.length <= to)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  let at = from;
  while (inside.length) {
    const e = inside.shift();
    const end = e.offset + e.length;
    if (e.offset < at) continue;
    out.append(text.slice(at, e.offset));
    const nested = inside.filter((n) => n.offset < end);
    inside.splice(0, nested.length);
    const node = element(e, text.slice(e.offset, end));
    node.append(rich(text, nested, e.offset, end));
    out.append(node);
    at = end;
  }
  out.append(text.slice(at, to));
  return out;
}

function element(e, text) {
  if (TAGS[e.type]) return make(TAGS[e.type]);
  if (e.type === 'spoiler') return make('span', { class: 'spoiler', tabindex: 0 });
  const href = e.type === 'text_link' ? e.url : e.type === 'url' && /^https?:/.test(text) ? text : null;
  if (href && /^(https?|tg):/.test(href)) return make('a', { href, target: '_blank', rel: 'noopener noreferrer' });
  return ['mention', 'hashtag', 'bot_command', 'text_mention', 'url', 'email', 'phone_number'].includes(e.type) ? make('a') : make('span');
}

function media(pane, m) {
  const kind = KINDS[m.kind];
  if (!kind || m.kind === 'sticker' || m.kind === 'dice') return null;
  const f = m.media;
  const source = `/world/file?${new URLSearchParams({ as: pane.as, chat: pane.chat, message: m.id })}`;
  if (f && f.stored && m.kind === 'photo') return make('img', { src: source, alt: 'Photo' });
  const facts = f ? [f.duration ? f.duration + ' s' : '', size(f.size)].filter(Boolean).join(', ') : m.detail;
  const name = m.file_name && f && f.stored ? make('a', { href: source, download: m.file_name }, m.file_name) : m.file_name || kind[1];
  return make('div', { class: 'media' + (['photo', 'video', 'animation'].includes(m.kind) ? ' picture' : '') },
    make('span', { class: 'icon', 'aria-hidden': 'true' }, kind[0]),
    make('span', {}, name, make('small', {}, facts)));
}

function bubble(pane, m) {
  const mine = m.author_id === pane.as;
  const bare = m.kind === 'sticker' || m.kind === 'dice';
  const meta = make('span', { class: 'meta' }, (m.pinned ? '📌 ' : '') + (m.edited ? 'edited ' : '') + clock(m.date));
  const author = make('span', { class: 'author' }, m.author, m.bot ? make('span', { class: 'faint' }, ' bot') : null);
  author.style.color = color(m.author_id);
  const reply = m.quote || m.reply_text || m.reply_to;
  return make('div', { class: 'bubble' + (bare ? ' bare' : '') },
    mine || pane.kind === 'private' || bare || m.follows ? null : author,
    m.forwarded ? make('span', { class: 'from' }, 'Forwarded from ' + m.forwarded) : null,
    reply ? make('button', { type: 'button', class: 'quote', onclick: () => pane.jump(m.reply_to) }, m.quote || m.reply_text || 'Message') : null,
    media(pane, m),
    bare ? (m.media && m.media.emoji) || m.detail || '😺' : make('span', { class: 'text' }, rich(m.text, m.entities)),
    meta,
    m.reactions ? make('div', { class: 'reactions', 'aria-label': 'Reactions' }, ...m.reactions.map((r) => make('span', {}, r))) : null);
}

function actions(pane, m) {
  const button = (label, text, run) => make('button', { type: 'button', 'aria-label': label, title: label, onclick: run }, text);
  const at = { as: pane.as, chat: pane.chat, message: m.id };
  const react = REACTIONS.slice(0, 3).map((emoji) => button('React ' + emoji, emoji,
    () => post('react', { ...at, emoji: (m.reactions || []).includes(emoji) ? [] : [emoji] })));
  const mine = m.author_id === pane.as;
  return make('div', { class: 'acts' }, button('Reply', '↩', () => pane.answer(m)), ...react,
    mine ? button('Edit', '✎', () => pane.change(m)) : null,
    mine || pane.kind === 'private' || pane.topics ? button('Delete', '🗑', () => post('delete', { as: pane.as, chat: pane.chat, messages: [m.id] })) : null);
}

function line(pane, m) {
  if (m.kind === 'service') return make('div', { class: 'service' }, m.notice);
  const mine = m.author_id === pane.as;
  const face = mine || pane.kind === 'private' ? null : m.goes ? make('div', { class: 'avatar none' }) : avatar(make('div', { class: 'avatar', 'aria-hidden': 'true' }), m.author, color(m.author_id));
  const keys = (m.buttons || []).map((row) => make('div', {}, ...row.map((b) => make('button', { type: 'button', onclick: () => pane.press(m, b) }, b.text))));
  const shown = bubble(pane, m);
  if (keys.length) shown.append(make('div', { class: 'keys' }, ...keys));
  const node = make('div', { class: 'line' + (mine ? ' mine' : ''), tabindex: 0, 'data-id': m.id }, face, shown, actions(pane, m));
  node.addEventListener('keydown', (e) => {
    if (e.target === node && e.key === 'r') { e.preventDefault(); pane.answer(m); }
    if (e.target === node && e.key === 'e' && mine) { e.preventDefault(); pane.change(m); }
  });
  return node;
}

// ---- panes

class Pane {
  constructor(id, topics) {
    this.root = $('#' + id);
    this.topics = topics; // the right pane lists the forum's topics
    this.as = 0; this.chat = 0; this.topic = 0;
    this.kind = 'private';
    this.nodes = new Map();
    this.entries = '';
    this.met = new Set(); // people whose chats were counted once
    this.select = $('.person', this.root);
    this.select.addEventListener('change', () => { this.as = Number(this.select.value); if (!topics) this.open(stage.bot, ALL); else this.clear(); refresh(); });
    this.compose();
  }

  get key() { return `${this.as}/${this.chat}/${this.topic}`; }

  compose() {
    const box = $('.compose', this.root);
    box.append($('#composer').content.cloneNode(true));
    this.input = $('textarea', box);
    this.input.setAttribute('aria-label', this.topics ? 'Write as the operator' : 'Write as the client');
    this.input.addEventListener('keydown', (e) => {
      if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) { e.preventDefault(); this.send(); }
      if (e.key === 'Escape') this.plain();
      if (e.key === 'ArrowUp' && !this.input.value) { const m = (this.seen || []).filter((x) => x.author_id === this.as && x.kind !== 'service').pop(); if (m) { e.preventDefault(); this.change(m); } }
    });
    this.input.addEventListener('input', () => this.grow());
    $('form', box).addEventListener('submit', (e) => { e.preventDefault(); this.send(); });
    $('.cancel', box).addEventListener('click', () => this.plain());
    this.file = $('input[type=file]', box);
    this.file.addEventListener('change', () => this.upload());
    for (const b of box.querySelectorAll('[data-kind]')) {
      b.addEventListener('click', () => { $('.attach', box).open = false; this.attach(b.dataset.kind); });
    }
    this.big = $('.big', box);
  }

  grow() {
    this.input.style.height = 'auto';
    this.input.style.height = this.input.scrollHeight + 2 + 'px';
    this.input.style.overflowY = this.input.scrollHeight > 140 ? 'auto' : 'hidden';
  }

  open(chat, topic) {
    if (chat === this.chat && topic === this.topic) return;
    this.chat = chat; this.topic = topic;
    this.plain();
    this.clear();
  }

  clear() { this.nodes.clear(); $('.log', this.root).replaceChildren(); }

  where() { return { as: this.as, chat: this.chat, topic: Math.max(0, this.topic) }; }

  answer(m) { this.plain(); this.reply = m.id; this.mark('Reply to ' + m.author + ': ' + brief(m)); }

  change(m) { this.plain(); this.editing = m.id; this.input.value = m.text; this.grow(); this.mark('Edit: ' + brief(m)); }

  mark(text) {
    $('.reply .what', this.root).textContent = text;
    $('.reply', this.root).hidden = false;
    this.input.focus();
  }

  plain() {
    if (this.editing) this.input.value = '';
    this.reply = this.editing = 0;
    $('.reply', this.root).hidden = true;
    this.grow();
  }

  async send() {
    const text = this.input.value.trim();
    if (!text) return;
    const done = this.editing
      ? await post('edit', { as: this.as, chat: this.chat, message: this.editing, text })
      : await post('send', { ...this.where(), text, reply_to: this.reply || 0 });
    if (!done) return;
    this.input.value = '';
    this.editing = 0;
    this.plain();
    this.bottom = true;
  }

  attach(kind) {
    const text = this.input.value.trim();
    const samples = {
      file: () => this.file.click(),
      album: () => this.deliver({ text, album: [1, 2, 3].map(() => ({ kind: 'photo' })) }),
      document: () => this.deliver({ text, media: { kind, name: 'invoice.pdf', mime: 'application/pdf', size: 48200 } }),
      sticker: () => this.deliver({ media: { kind, emoji: '😺' } }),
      location: () => this.deliver({ location: { latitude: 52.52, longitude: 13.405 } }),
      contact: () => this.deliver({ contact: { phone_number: '+4915112345678', first_name: 'Sam', last_name: 'Carter' } }),
      dice: () => this.deliver({ dice: '🎲' }),
    };
    (samples[kind] || (() => this.deliver({ text, media: { kind } })))();
  }

  async deliver(what) {
    const done = await post('send', { ...this.where(), reply_to: this.reply || 0, ...what });
    if (done) { if ('text' in what) this.input.value = ''; this.plain(); }
  }

  upload() {
    const [file] = this.file.files;
    if (!file) return;
    const kind = { image: 'photo', video: 'video', audio: 'audio' }[file.type.split('/')[0]] || 'document';
    const reader = new FileReader();
    reader.onload = () => this.deliver({
      text: this.input.value.trim(),
      media: { kind, name: kind === 'photo' ? '' : file.name, mime: file.type, data: reader.result.split(',')[1] },
    });
    reader.readAsDataURL(file);
    this.file.value = '';
  }

  async press(m, b) {
    if (b.url) { if (/^https?:/.test(b.url)) window.open(b.url, '_blank', 'noopener'); return; }
    const pressed = await post('press', { as: this.as, chat: this.chat, message: m.id, data: b.data });
    for (let i = 0; pressed && i < 20; i++) {
      const a = await get('callback', { query: pressed.query });
      if (a.answered) { if (a.text) toast(a.text); return; }
      await new Promise((next) => setTimeout(next, 250));
    }
  }

  jump(id) {
    const node = $(`[data-id="${id}"]`, this.root);
    if (node) { node.scrollIntoView({ block: 'center' }); node.focus(); }
  }

  showPeople(ids) {
    const html = ids.map((id) => id + (account(id) || {}).name).join();
    if (this.listed !== html) {
      this.listed = html;
      this.select.replaceChildren(...ids.map((id) => make('option', { value: id }, account(id).name)));
    }
    this.select.value = String(this.as);
  }

  // show brings the messages up to date and leaves what hasn't changed alone.
  show(messages) {
    this.seen = messages;
    const log = $('.log', this.root);
    const low = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
    const grown = messages.length && !this.nodes.has(messages[messages.length - 1].id);
    const wanted = [];
    let today = '';
    for (const [i, m] of messages.entries()) {
      // A row of one author's messages has the name above its first and the face beside its last.
      const same = (other) => other && other.kind !== 'service' && other.author_id === m.author_id && day(other.date) === day(m.date);
      m.follows = same(messages[i - 1]);
      m.goes = same(messages[i + 1]);
      if (day(m.date) !== today) { today = day(m.date); wanted.push(this.node('day ' + today, today, () => make('div', { class: 'service' }, today))); }
      wanted.push(this.node(m.id, JSON.stringify(m), () => line(this, m)));
    }
    if (!messages.length) wanted.push(this.node('empty', this.note, () => make('div', { class: 'empty' }, this.note)));
    const keep = new Set(wanted);
    for (const [key, { node }] of this.nodes) if (!keep.has(node)) { node.remove(); this.nodes.delete(key); }
    wanted.forEach((node, i) => { if (log.children[i] !== node) log.insertBefore(node, log.children[i] || null); });
    if (grown && (low || this.bottom || wanted.length === log.children.length && this.fresh !== this.key)) log.scrollTop = log.scrollHeight;
    this.fresh = this.key;
    this.bottom = false;
    if (!document.hidden) read.set(this.key, messages.filter((m) => m.kind !== 'service').length);
  }

  node(key, state, build) {
    const old = this.nodes.get(key);
    if (old && old.state === state) return old.node;
    const node = build();
    if (old) old.node.replaceWith(node);
    this.nodes.set(key, { state, node });
    return node;
  }

  // list shows chats or topics: {chat, topic, name, face, last, unread, mark}.
  list(lines, extra) {
    this.met.add(this.as);
    const state = JSON.stringify([lines, this.key]);
    if (state === this.entries) return;
    this.entries = state;
    const nav = $('.list', this.root);
    const focused = nav.contains(document.activeElement) && document.activeElement.dataset.key;
    nav.replaceChildren(...lines.map((l) => make('button', {
      type: 'button', class: 'entry' + (this.topics ? ' topic' : ''), 'data-key': `${l.chat}/${l.topic}`,
      'aria-current': String(l.chat === this.chat && l.topic === this.topic),
      onclick: () => { this.open(l.chat, l.topic); refresh(); this.input.focus({ preventScroll: true }); },
    }, avatar(make('span', { class: 'avatar', 'aria-hidden': 'true' }), l.face, l.color), make('b', {}, l.name),
    make('span', { class: 'last faint' }, l.last ? (l.last.kind !== 'service' && l.last.author_id !== this.as && l.grouped ? l.last.author + ': ' : '') + brief(l.last) : ''),
    l.unread ? make('span', { class: 'badge', 'aria-label': l.unread + ' unread' }, String(l.unread)) : make('span', { class: 'when faint' }, l.last ? clock(l.last.date) : ''))), ...(extra ? [extra] : []));
    if (focused) { const again = $(`[data-key="${focused}"]`, nav); if (again) again.focus(); }
  }

  head(name, small, face, background, tools) {
    $('.head b', this.root).textContent = name;
    $('.head small', this.root).textContent = small;
    avatar($('.head .avatar', this.root), face, background);
    const state = name + tools.map((t) => t[0]).join();
    if (this.headed !== state + this.key) {
      this.headed = state + this.key;
      $('.head .tools', this.root).replaceChildren(...tools.map(([text, run]) => make('button', { type: 'button', onclick: run }, text)));
    }
  }

  // only shows one large button in place of the composer, or none.
  only(text, run) {
    this.big.hidden = !text;
    $('form', this.root).hidden = Boolean(text);
    if (text) { this.big.textContent = text; this.big.onclick = run; }
  }

  // unread counts what came since the page was opened and wasn't looked at.
  unread(chat, topic, messages) {
    const key = `${this.as}/${chat}/${topic}`;
    if (!this.met.has(this.as) && !read.has(key)) read.set(key, messages);
    const seen = read.get(key);
    return chat === this.chat && topic === this.topic ? 0 : Math.max(0, messages - (seen || 0));
  }
}

const left = new Pane('left', false);
const right = new Pane('right', true);

async function updateLeft() {
  left.showPeople(people);
  const { chats } = await get('chats', { as: left.as });
  if (stage.bot && !chats.some((c) => c.id === stage.bot)) chats.push({ id: stage.bot, kind: 'private', title: stage.bot_name, members: 2, messages: 0 });
  const order = (c) => (c.id === stage.bot ? 2e12 : c.id === stage.group ? 1e12 : c.last ? c.last.date : 0);
  chats.sort((a, b) => order(b) - order(a));
  if (!chats.some((c) => c.id === left.chat) && chats.length) left.open(chats[0].id, ALL);
  const chat = chats.find((c) => c.id === left.chat);
  if (!chat) return;
  left.kind = chat.kind;
  const asked = left.key; // whoever switches meanwhile is refreshed anyway
  const { messages } = await get('view', { as: left.as, chat: left.chat, limit: 300 });
  if (left.key !== asked) return;
  const started = messages.length > 0;
  left.note = chat.kind === 'private' ? 'What can this bot do?\nPress Start to find out.' : 'Nothing here yet';
  left.show(messages);
  left.list(chats.map((c) => ({
    chat: c.id, topic: ALL, name: c.title, face: c.title, color: color(c.id), last: c.last, grouped: c.kind !== 'private', unread: left.unread(c.id, ALL, c.messages),
  })));
  const small = chat.kind === 'private' ? 'bot' : chat.members + ' members';
  const block = (on) => () => post('block', { as: left.as, bot: chat.id, on });
  left.head(chat.title, small, chat.title, color(chat.id), chat.kind === 'private' && started && !chat.blocked ? [['Block', block(true)]] : []);
  if (chat.blocked) left.only('Unblock', block(false));
  else left.only(chat.kind === 'private' && !started ? 'Start' : '', () => post('start', { as: left.as, bot: chat.id }));
}

async function updateRight() {
  right.root.hidden = !stage.forum;
  if (!stage.forum) return;
  const outside = people.filter((id) => !stage.operators.includes(id));
  right.showPeople([...stage.operators.filter((id) => account(id)), ...outside]);
  const [{ topics }, { chats }] = await Promise.all([get('topics', { as: right.as, chat: stage.forum }), get('chats', { as: right.as })]);
  const forum = chats.find((c) => c.id === stage.forum);
  if (right.chat !== stage.forum || !topics.some((t) => t.id === right.topic)) right.open(stage.forum, 0);
  right.kind = 'supergroup';
  const asked = right.key;
  const topic = topics.find((t) => t.id === right.topic) || { id: 0, name: 'General' };
  const { messages } = await get('view', { as: right.as, chat: right.chat, topic: right.topic, limit: 300 });
  if (right.key !== asked) return;
  right.note = forum ? 'Nothing here yet' : account(right.as).name + ' is not in this group';
  right.show(messages);
  const order = (t) => (t.id === 0 ? Infinity : t.last ? t.last.id : 0);
  topics.sort((a, b) => order(b) - order(a));
  const face = (t) => (t.id === 0 ? '#' : t.name.replace(/^[\p{P}\p{S}\p{Emoji_Presentation}\s]+/u, '') || t.name);
  const lines = topics.map((t) => ({
    chat: stage.forum, topic: t.id, name: (t.closed ? '🔒 ' : '') + t.name, face: face(t), color: t.id ? hex(t.color) : '#8a98a5',
    last: t.last, grouped: true, unread: right.unread(stage.forum, t.id, t.messages),
  }));
  right.list(forum ? lines : [], make('button', { type: 'button', class: 'entry new', onclick: newTopic }, '+ New topic'));
  const turn = (what) => () => post('topics', { as: right.as, chat: stage.forum, topic: topic.id, do: what });
  const rename = () => { const name = prompt('New name of the topic', topic.name); if (name) post('topics', { as: right.as, chat: stage.forum, topic: topic.id, do: 'rename', name }); };
  const tools = [[topic.closed ? 'Reopen' : 'Close', turn(topic.closed ? 'reopen' : 'close')]];
  if (topic.id) tools.unshift(['Rename', rename]);
  right.head(topic.name, (forum || { title: 'not a member' }).title + (topic.closed ? ' · closed' : ''), face(topic), topic.id ? hex(topic.color) : '#8a98a5', forum ? tools : []);
  right.only('');
}

function newTopic() {
  const name = prompt('Name of the new topic');
  if (name) post('topics', { as: right.as, chat: stage.forum, do: 'create', name }).then((t) => { if (t) { right.open(stage.forum, t.id); refresh(); } });
}

async function updateBar() {
  const [{ now }, { faults }, { meters }] = await Promise.all([get('time'), get('faults'), get('meters')]);
  $('#clock').textContent = new Date(now).toLocaleString([], { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  $('#clock').dateTime = now;
  $('#plan').textContent = faults.length ? faults.length + ' in the plan' : '';
  const m = meters.find((x) => x.bot === stage.bot && x.chat === stage.forum && x.family === 'send');
  $('.budget').textContent = m ? `bot: ${m.used} of ${m.of} messages a minute` : '';
}

// ---- keeping up

let busy = false;
let again = false;
async function refresh() {
  again = true;
  if (busy) return;
  busy = true;
  try {
    while (again) {
      again = false;
      stage = await get('stage');
      people = stage.accounts.filter((a) => !a.bot && !a.deleted).map((a) => a.id);
      document.title = stage.title;
      $('#title').textContent = stage.title;
      $('#hint').textContent = stage.hint;
      if (!people.length) { $('#hint').textContent = 'Nobody is here yet: make people and bots with POST /world/users and /world/bots.'; continue; }
      left.as ||= stage.client || people[0];
      right.as ||= stage.operators[0] || people[0];
      await Promise.all([updateLeft(), updateRight(), updateBar()]);
      $('#state').textContent = '';
    }
  } catch (err) {
    $('#state').textContent = 'not connected';
  } finally {
    busy = false;
  }
}

function follow() {
  const events = new EventSource('/world/changes');
  events.onmessage = refresh;
  events.onerror = () => { $('#state').textContent = 'not connected'; };
}

for (const b of document.querySelectorAll('[data-fault]')) {
  b.addEventListener('click', async () => {
    const retry = Number($('#retry').value) || 5;
    // Everything that doesn't begin with get…, so that long polls go on.
    if (await post('faults', { do: b.dataset.fault, method: '[^g]*', count: 1, retry_s: retry })) toast('The bot’s next call: ' + b.textContent);
  });
}
for (const b of document.querySelectorAll('[data-jump]')) {
  b.addEventListener('click', async () => { if (await post('time', { advance_s: Number(b.dataset.jump) })) toast('Time: ' + b.textContent); });
}
$('#calm').addEventListener('click', () => post('faults/clear', {}));
$('#profile').addEventListener('change', () => post('rules', { profile: $('#profile').value }));
get('rules').then((r) => $('#profile').append(...r.profiles.map((p) => make('option', {}, p))));
document.addEventListener('click', (e) => {
  for (const d of document.querySelectorAll('details[open]')) if (!d.contains(e.target)) d.open = false;
});
document.addEventListener('visibilitychange', refresh);
follow();
refresh();
