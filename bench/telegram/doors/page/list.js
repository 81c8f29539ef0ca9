// A list of chats or topics: as many as are looked at, found by words.
import { $, make, button, avatar, arrows, clock, place, day } from './dom.js';
import { brief } from './media.js';

const PAGE = 40; // lines that are asked for at once

export class List {
  constructor(pane, root, search) {
    this.pane = pane;
    this.root = root;
    this.search = search;
    this.limit = PAGE;
    this.nodes = new Map();
    arrows(root, '.entry');
    root.addEventListener('scroll', () => {
      if (this.total > this.limit && root.scrollHeight - root.scrollTop - root.clientHeight < 200) { this.limit += PAGE; pane.refresh(); }
    });
    search.addEventListener('input', () => { this.limit = PAGE; pane.refresh(); });
    search.addEventListener('keydown', (e) => {
      if (e.key === 'ArrowDown') { e.preventDefault(); $('.entry', root)?.focus(); }
      if (e.key === 'Enter') $('.entry:not(.new)', root)?.click();
      if (e.key === 'Escape') { search.value = ''; pane.refresh(); }
    });
  }

  get query() { return { query: this.search.value.trim(), limit: this.limit, sort: 'recent' }; }

  reset() { this.search.value = ''; this.limit = PAGE; this.nodes.clear(); this.root.replaceChildren(); this.root.scrollTop = 0; }

  // show lists lines: {chat, topic, name, face, color, emoji, kind, marks, last,
  // from, unread, gone}. extra are nodes below them.
  show(lines, total, extra, above = []) {
    this.total = total;
    this.search.hidden = total < 8 && !this.search.value;
    const { pane } = this;
    const wanted = lines.map((l) => {
      const key = `${l.chat}/${l.topic}`;
      const open = l.chat === pane.chat && l.topic === pane.topic;
      const state = JSON.stringify([l, open]);
      const old = this.nodes.get(key);
      if (old && old.state === state) return old.node;
      const node = old ? old.node : button('', () => pane.enter(this.nodes.get(key).line), { class: 'entry', 'data-key': key });
      node.setAttribute('aria-current', String(open));
      node.replaceChildren(...this.entry(l));
      this.nodes.set(key, { state, node, line: l });
      return node;
    });
    place(this.root, [...above, ...wanted, ...extra]);
  }

  // entry is what stands in one line.
  entry(l) {
    const { pane } = this;
    const when = l.last ? (day(l.last.date) === day(pane.now) ? clock(l.last.date) : day(l.last.date)) : '';
    const said = l.last ? (l.from && l.last.kind !== 'service' && l.last.author_id !== pane.as ? l.last.author + ': ' : '') + brief(l.last) : '';
    return [avatar(l.emoji || l.face, l.emoji ? 'transparent' : l.color, l.kind + (l.emoji ? ' emoji' : '')),
      make('b', {}, l.name, l.marks ? make('span', { class: 'marks' }, ' ' + l.marks) : ''),
      make('span', { class: 'when faint' }, when),
      make('span', { class: 'last faint' }, said),
      l.unread ? make('span', { class: 'badge', 'aria-label': l.unread + ' unread' }, String(l.unread)) : ''];
  }
}
