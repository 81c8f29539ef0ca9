// Texts with their entities, both ways.
import { make, moment } from './dom.js';

const TAGS = { bold: 'b', italic: 'i', underline: 'u', strikethrough: 's', code: 'code', pre: 'pre', blockquote: 'blockquote', expandable_blockquote: 'blockquote' };

// rich renders text with its entities, nested ones inside the larger. follow
// is run with the address of a link that was clicked.
export function rich(text, entities = [], follow = () => {}, from = 0, to = text.length) {
  const out = document.createDocumentFragment();
  const inside = (entities || []).filter((e) => e.offset >= from && e.offset + e.length <= to)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  let at = from;
  while (inside.length) {
    const e = inside.shift();
    const end = e.offset + e.length;
    if (e.offset < at) continue;
    out.append(text.slice(at, e.offset));
    const nested = inside.filter((n) => n.offset < end);
    inside.splice(0, nested.length);
    const node = element(e, text.slice(e.offset, end), follow);
    node.append(rich(text, nested, follow, e.offset, end));
    out.append(node);
    at = end;
  }
  out.append(text.slice(at, to));
  return out;
}

function element(e, text, follow) {
  if (e.type === 'expandable_blockquote') return fold(make('blockquote', { class: 'long', tabindex: 0, role: 'button', 'aria-expanded': 'false', title: 'Show all' }));
  if (TAGS[e.type]) return make(TAGS[e.type], e.language ? { 'data-language': e.language } : {});
  if (e.type === 'spoiler') return fold(make('span', { class: 'spoiler', tabindex: 0, role: 'button', 'aria-expanded': 'false', title: 'Show the hidden text' }));
  if (e.type === 'custom_emoji') return make('span', { class: 'custom', title: 'Custom emoji ' + (e.custom_emoji_id || '') });
  if (e.type === 'date_time') return make('time', { datetime: new Date(e.unix_time * 1000).toISOString(), title: moment(e.unix_time) });
  const href = e.type === 'text_link' ? e.url : e.type === 'url' ? (/^https?:/.test(text) ? text : 'https://' + text) : null;
  if (href && /^(https?|tg):/.test(href)) {
    return make('a', { href, rel: 'noopener noreferrer', target: '_blank', onclick: (click) => { click.preventDefault(); follow(href); } });
  }
  if (e.type === 'bot_command') return make('button', { type: 'button', class: 'link', onclick: () => follow('command:' + text) });
  return make(['mention', 'hashtag', 'cashtag', 'text_mention', 'email', 'phone_number'].includes(e.type) ? 'a' : 'span');
}

// fold opens and closes at a click or Enter.
function fold(node) {
  const turn = (e) => { e.stopPropagation(); node.setAttribute('aria-expanded', String(node.getAttribute('aria-expanded') !== 'true')); };
  node.addEventListener('click', turn);
  node.addEventListener('keydown', (e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); turn(e); } });
  return node;
}

// The marks that Telegram's own clients turn into entities when sending.
const MARKS = [['```', 'pre'], ['`', 'code'], ['**', 'bold'], ['__', 'italic'], ['~~', 'strikethrough'], ['||', 'spoiler']];
export const KEYS = { b: '**', i: '__', e: '`' };

// marked reads what was typed: **bold**, __italic__, ~~struck~~, ||spoiler||,
// `code` and ```blocks```.
export function marked(typed) {
  const entities = [];
  let text = '';
  const open = []; // {mark, type, offset}
  for (let i = 0; i < typed.length;) {
    const verbatim = open.length && ['pre', 'code'].includes(open.at(-1).type) ? open.at(-1) : null;
    const found = MARKS.find(([mark]) => typed.startsWith(mark, i) && (!verbatim || mark === verbatim.mark));
    const began = found && open.findIndex((o) => o.mark === found[0]);
    if (found && began >= 0 && text.length > open[began].offset) {
      for (const o of open.splice(began)) {
        if (o.mark === found[0]) entities.push({ type: o.type, offset: o.offset, length: text.length - o.offset });
      }
      i += found[0].length;
    } else if (found && began < 0 && typed.indexOf(found[0], i + found[0].length) > i + found[0].length) {
      open.push({ mark: found[0], type: found[1], offset: text.length });
      i += found[0].length;
    } else {
      text += typed[i++];
    }
  }
  return { text, entities };
}

// unmarked is what to type to get that text with those entities.
export function unmarked(text, entities = []) {
  const at = [];
  for (const e of entities || []) {
    const mark = MARKS.find(([, type]) => type === e.type);
    if (mark) at.push([e.offset, mark[0], e.length], [e.offset + e.length, mark[0], -e.length]);
  }
  at.sort((a, b) => b[0] - a[0] || (a[2] < 0) - (b[2] < 0) || a[2] - b[2]);
  let out = text;
  for (const [where, mark] of at) out = out.slice(0, where) + mark + out.slice(where);
  return out;
}
