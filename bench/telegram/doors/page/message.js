// One message, or one album, as a line of a chat.
import { make, button, avatar, color, clock, copy, toast } from './dom.js';
import { post } from './api.js';
import { menu } from './dialog.js';
import { rich } from './rich.js';
import { media, album, brief, visual, KINDS } from './media.js';
import { closeLook } from './look.js';

const REACTIONS = ['👍', '❤', '🔥', '😁', '👎', '🎉', '👀'];

// line renders a group of messages: one, or the items of an album.
export function line(pane, group) {
  const m = group[0];
  if (m.kind === 'service') return make('div', { class: 'service', 'data-id': m.id }, m.notice);
  const mine = m.author_id === pane.as;
  const private_ = pane.kind === 'private';
  const face = mine || private_ ? null : m.goes ? make('div', { class: 'avatar none' }) : avatar(m.author, color(m.author_id));
  const node = make('div', { class: 'line' + (mine ? ' mine' : ''), tabindex: -1, role: 'article', 'aria-label': `${m.author}: ${brief(m)}`, 'data-id': m.id },
    face, make('div', { class: 'stack' }, bubble(pane, group), keyboard(pane, m)), quick(pane, group));
  node.addEventListener('contextmenu', (e) => {
    if (e.target.closest('a')) return;
    e.preventDefault();
    menu({ x: e.clientX, y: e.clientY }, actions(pane, item(group, e.target)));
  });
  node.addEventListener('keydown', (e) => keys(pane, group, node, e));
  return node;
}

// item is the message of the group on whose part the person has pointed.
function item(group, target) {
  const id = Number(target.closest('[data-item]')?.dataset.item);
  return { ...(group.find((m) => m.id === id) || group[0]), group };
}

function bubble(pane, group) {
  const m = group[0];
  const bare = m.kind === 'sticker' || m.kind === 'dice';
  const texts = group.filter((x) => x.text);
  const last = group.at(-1);
  const text = texts.length === 1 ? texts[0] : null;
  const author = make('span', { class: 'author' }, m.author, m.bot ? make('span', { class: 'faint' }, ' bot') : null);
  author.style.color = color(m.author_id);
  const pictures = group.every(visual) || m.kind === 'video_note';
  const content = group.length > 1 ? album(pane, group) : media(pane, m);
  const meta = make('span', { class: 'meta' }, (m.pinned ? '📌 ' : '') + (m.protected ? '🔒 ' : '') + (m.silent ? '🔕 ' : '') + (last.edited || m.edited ? 'edited ' : '') + clock(m.date));
  return make('div', { class: 'bubble' + (bare ? ' bare' : '') + (pictures ? ' pictures' : '') + (pictures && !text ? ' wordless' : '') },
    m.author_id === pane.as || pane.kind === 'private' || bare || m.follows ? null : author,
    m.forwarded ? make('span', { class: 'from' }, 'Forwarded from ' + m.forwarded) : null,
    m.via ? make('span', { class: 'from' }, 'via @' + m.via) : null,
    quote(pane, m),
    content,
    bare ? sticker(m) : text ? make('span', { class: 'text' }, rich(text.text, text.entities, (href) => pane.follow(href))) : null,
    meta,
    reactions(pane, m));
}

function sticker(m) {
  if (m.kind === 'dice') return make('span', { class: 'dice', title: m.detail }, m.detail);
  return (m.media && m.media.emoji) || '😺';
}

function quote(pane, m) {
  if (m.reply_gone) return make('span', { class: 'quote gone' }, 'Deleted message');
  if (!m.quote && !m.reply_text && !m.reply_to) return null;
  return button(m.quote || m.reply_text || 'Message', () => pane.jump(m.reply_to), { class: 'quote' + (m.quote ? ' exact' : ''), 'aria-label': 'In reply to: ' + (m.quote || m.reply_text || 'a message') });
}

function reactions(pane, m) {
  if (!m.reactions) return null;
  const counts = new Map();
  for (const emoji of m.reactions) counts.set(emoji, (counts.get(emoji) || 0) + 1);
  return make('div', { class: 'reactions', 'aria-label': 'Reactions' }, ...[...counts].map(([emoji, n]) => {
    const mine = (m.my_reactions || []).includes(emoji);
    return button(pictured(emoji) + (n > 1 ? ' ' + n : ''), () => react(pane, m, emoji), { 'aria-pressed': String(mine), 'aria-label': `${emoji} ${n}${mine ? ', one is yours' : ''}` });
  }));
}

// pictured asks for the coloured form of an emoji that has another one too.
const pictured = (emoji) => (emoji === '❤' ? '❤\uFE0F' : emoji);

function react(pane, m, emoji) {
  const mine = m.my_reactions || [];
  post('react', { as: pane.as, chat: pane.chat, message: m.id, emoji: mine.includes(emoji) ? mine.filter((x) => x !== emoji) : [...mine, emoji] });
}

function keyboard(pane, m) {
  if (!m.buttons) return null;
  return make('div', { class: 'keys' }, ...m.buttons.map((row) => make('div', {}, ...row.map((b) => {
    const sign = b.url ? ' ↗' : b.copy ? ' ⧉' : '';
    return button(b.text + sign, (e) => pane.press(m, b, e.currentTarget));
  }))));
}

function quick(pane, group) {
  const m = group[0];
  const small = (label, text, run) => button(text, run, { 'aria-label': label, title: label, tabindex: -1 });
  return make('div', { class: 'acts' }, small('Reply', '↩', () => pane.answer(m)),
    ...REACTIONS.slice(0, 2).map((emoji) => small('React ' + emoji, pictured(emoji), () => react(pane, m, emoji))),
    m.author_id === pane.as && !m.forwarded && !m.via ? small('Edit', '✎', () => pane.change(worded(group))) : null,
    small('More', '⋯', (e) => menu(e.currentTarget, actions(pane, { ...m, group }))));
}

// worded is the item of an album that has the caption.
const worded = (group) => group.find((m) => m.text) || group[0];

// actions are everything that can be done with a message.
function actions(pane, m) {
  const at = { as: pane.as, chat: pane.chat, message: m.id };
  const mine = m.author_id === pane.as;
  const all = m.group.map((x) => x.id);
  const part = selected(pane, m);
  const text = worded(m.group).text;
  return [
    REACTIONS.map((emoji) => ({ icon: pictured(emoji), name: 'React ' + emoji, run: () => react(pane, m, emoji) })),
    { icon: '↩', label: part ? 'Reply to “' + part.slice(0, 18) + '”' : 'Reply', key: 'r', run: () => pane.answer(m, part) },
    mine && !m.forwarded && !m.via ? { icon: '✎', label: KINDS[m.kind] ? 'Edit caption' : 'Edit', key: 'e', run: () => pane.change(worded(m.group)) } : null,
    { icon: '➦', label: 'Forward', key: 'f', run: () => pane.forward(all) },
    { icon: '📌', label: m.pinned ? 'Unpin' : 'Pin', key: 'p', run: () => post('pin', { ...at, off: m.pinned }) },
    mine && m.kind === 'poll' && !m.poll.closed ? { icon: '⏹', label: 'Stop the poll', run: () => post('polls/stop', at) } : null,
    text ? { icon: '⧉', label: 'Copy text', run: () => copy(text) } : null,
    { icon: 'ⓘ', label: 'Details', key: 'i', run: () => closeLook(pane, m) },
    { icon: '🗑', label: 'Delete for everybody', key: 'Del', bad: true, run: () => remove(pane, all) },
  ];
}

async function remove(pane, messages) {
  if (await post('delete', { as: pane.as, chat: pane.chat, messages })) toast(messages.length > 1 ? 'Deleted ' + messages.length + ' messages' : 'Deleted');
}

// selected is the part of the message that the person has marked, for a quote.
function selected(pane, m) {
  const marked = document.getSelection();
  const inside = marked && !marked.isCollapsed && pane.root.querySelector(`[data-id="${m.group[0].id}"] .text`);
  const text = inside && inside.contains(marked.anchorNode) && inside.contains(marked.focusNode) ? marked.toString() : '';
  return text && (m.text || '').includes(text) ? text : '';
}

function keys(pane, group, node, e) {
  if (e.target !== node || e.ctrlKey || e.metaKey || e.altKey) return;
  const m = { ...group[0], group };
  const run = {
    Enter: () => menu(node.querySelector('.bubble'), actions(pane, m)),
    Delete: () => remove(pane, group.map((x) => x.id)),
    r: () => pane.answer(m, selected(pane, m)),
    e: () => m.author_id === pane.as && !m.via && pane.change(worded(group)),
    f: () => pane.forward(group.map((x) => x.id)),
    p: () => post('pin', { as: pane.as, chat: pane.chat, message: m.id, off: m.pinned }),
    i: () => closeLook(pane, m),
    Escape: () => pane.composer.focus(),
  }[e.key] || (REACTIONS[Number(e.key) - 1] && (() => react(pane, m, REACTIONS[Number(e.key) - 1])));
  if (run) { e.preventDefault(); e.stopPropagation(); run(); }
}
