// The messages of one chat: a window over them, kept up to date.
import { $, $$, make, place, day, arrows, button } from './dom.js';
import { get } from './api.js';
import { line } from './message.js';

const WINDOW = 80; // messages that are in the page at once
const STEP = 50; // by how many the window moves

export class Log {
  constructor(pane, root) {
    this.pane = pane;
    this.root = root;
    this.nodes = new Map();
    this.range = {}; // {} = the newest, {before} or {after} = a part
    this.messages = [];
    arrows(root, '.line');
    root.addEventListener('scroll', () => this.scrolled());
    this.down = $('.down', pane.root);
    this.down.addEventListener('click', () => { this.range = {}; this.bottom = true; pane.refresh(); });
  }

  clear() {
    this.nodes.clear();
    this.range = {};
    this.messages = [];
    this.bottom = true;
    this.root.replaceChildren();
  }

  // load fetches the window; null = the person has gone elsewhere meanwhile.
  async load() {
    const { pane } = this;
    const asked = pane.key + JSON.stringify(this.range);
    const part = this.range.after !== undefined ? { after: this.range.after, first: WINDOW } : { ...this.range, limit: WINDOW };
    const seen = await get('view', { as: pane.as, chat: pane.chat, topic: pane.topic, ...part });
    if (asked !== pane.key + JSON.stringify(this.range)) return null;
    if (!seen.newer) this.range = {};
    return seen;
  }

  // scrolled moves the window when its edge is near.
  scrolled() {
    const { root } = this;
    const low = root.scrollHeight - root.scrollTop - root.clientHeight;
    this.down.hidden = low < 200 && !this.newer;
    if (this.moving || !this.messages.length) return;
    if (root.scrollTop < 120 && this.older) this.move({ before: this.messages[Math.min(STEP, this.messages.length) - 1].id + 1 });
    else if (low < 120 && this.newer) this.move({ after: this.messages[Math.max(0, this.messages.length - STEP)].id - 1 });
  }

  async move(range) {
    const { root } = this;
    this.moving = true;
    const anchor = $$('[data-id]', root).find((n) => n.offsetTop + n.offsetHeight > root.scrollTop);
    const above = anchor ? anchor.offsetTop - root.scrollTop : 0;
    const id = anchor && anchor.dataset.id;
    this.range = range;
    try {
      const seen = await this.load();
      if (seen) {
        this.show(seen, true);
        const again = id && $(`[data-id="${id}"]`, root);
        if (again) root.scrollTop = again.offsetTop - above;
      }
    } finally {
      this.moving = false;
    }
  }

  // jump shows a message, wherever it is, and points at it.
  async jump(id) {
    if (!id) return;
    let node = $(`[data-id="${id}"], [data-item="${id}"]`, this.root);
    if (!node) {
      this.moving = true;
      this.range = { after: id - 10 };
      const seen = await this.load();
      if (seen) this.show(seen, true);
      this.moving = false;
      node = $(`[data-id="${id}"], [data-item="${id}"]`, this.root);
    }
    if (!node) return;
    node.scrollIntoView({ block: 'center' });
    const target = node.closest('.line') || node;
    target.focus({ preventScroll: true });
    target.classList.remove('flash');
    void target.offsetWidth; // begins the animation again
    target.classList.add('flash');
  }

  // show brings the messages up to date and leaves what hasn't changed alone.
  show(seen, still = false) {
    const { root, pane } = this;
    const low = root.scrollHeight - root.scrollTop - root.clientHeight < 60;
    const last = seen.messages.at(-1);
    const grown = last && (!this.messages.length || this.messages.at(-1).id !== last.id);
    this.messages = seen.messages;
    this.older = seen.older;
    this.newer = seen.newer;
    const wanted = seen.older ? [this.node('older', '', () => make('div', { class: 'more', 'aria-hidden': 'true' }, '…'))] : [];
    let today = '';
    const groups = grouped(seen.messages);
    groups.forEach((group, i) => {
      const m = group[0];
      // A row of one author's messages has the name above its first and the face beside its last.
      const same = (other) => Boolean(other) && other[0].kind !== 'service' && other[0].author_id === m.author_id && day(other[0].date) === day(m.date);
      m.follows = same(groups[i - 1]);
      m.goes = same(groups[i + 1]);
      if (day(m.date) !== today) { today = day(m.date); wanted.push(this.node('day ' + today + ' ' + m.id, today, () => make('div', { class: 'service day' }, today))); }
      wanted.push(this.node(m.id, JSON.stringify(group), () => line(pane, group)));
    });
    if (!groups.length) wanted.push(this.node('empty', pane.note, () => make('div', { class: 'empty' }, pane.note)));
    const keep = new Set(wanted);
    for (const [key, { node }] of this.nodes) if (!keep.has(node)) this.nodes.delete(key);
    const focused = root.contains(document.activeElement) && document.activeElement.dataset.id;
    place(root, wanted);
    this.reach(focused);
    if (!still && !seen.newer && (this.bottom || grown && low)) root.scrollTop = root.scrollHeight;
    if (!still) this.bottom = false;
    this.down.hidden = root.scrollHeight - root.scrollTop - root.clientHeight < 200 && !seen.newer;
  }

  // reach lets the Tab key find one line: the one that had the focus, or the last.
  reach(focused) {
    const lines = $$('.line', this.root);
    const again = focused && lines.find((n) => n.dataset.id === focused);
    if (again && document.activeElement !== again && document.activeElement === document.body) again.focus({ preventScroll: true });
    for (const n of lines) n.tabIndex = -1;
    const one = again || lines.at(-1);
    if (one) one.tabIndex = 0;
  }

  node(key, state, build) {
    const old = this.nodes.get(key);
    if (old && old.state === state) return old.node;
    const node = build();
    if (old) {
      if (old.node === document.activeElement) queueMicrotask(() => node.focus({ preventScroll: true }));
      old.node.replaceWith(node);
    }
    this.nodes.set(key, { state, node });
    return node;
  }

  // gone replaces everything when the chat or topic isn't there any more.
  gone(text, back) {
    this.nodes.clear();
    this.messages = [];
    this.root.replaceChildren(make('div', { class: 'empty' }, make('p', {}, text), button('Back', back, { class: 'link' })));
  }
}

// grouped puts the items of an album together.
function grouped(messages) {
  const out = [];
  for (const m of messages) {
    const before = out.at(-1);
    if (m.album && before && before[0].album === m.album) before.push(m);
    else out.push([m]);
  }
  return out;
}
