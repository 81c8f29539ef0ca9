// Inline mode: "@bot words" in the field shows the bot's answers to choose from.
import { $, make, button, arrows } from './dom.js';
import { get, post } from './api.js';
import { world } from './world.js';

const PAUSE = 350; // ms without a key before the bot is asked
const LOOK = 150; // ms between two looks for its answer
const PATIENCE = 15000; // ms until nobody waits for it any more

export class Inline {
  constructor(composer, root) {
    this.composer = composer;
    this.box = $('.inline', root);
    arrows(this.box, 'button');
    this.box.addEventListener('keydown', (e) => { if (e.key === 'Escape') { e.stopPropagation(); this.close(); composer.focus(); } });
  }

  get open() { return !this.box.hidden; }

  // typed looks whether what stands in the field asks a bot something.
  typed(text) {
    const [, name, words] = text.match(/^@(\w+) ([^]*)$/) || [];
    const bot = name && world.stage.accounts.find((a) => a.inline && a.username.toLowerCase() === name.toLowerCase());
    clearTimeout(this.timer);
    this.turn = {}; // whoever waits for an older answer stops
    if (!bot) { this.close(); return; }
    this.hint(words ? 'Asking ' + bot.name + '…' : bot.inline_placeholder || 'Ask ' + bot.name);
    this.timer = setTimeout(() => this.ask(bot, words, ''), PAUSE);
  }

  async ask(bot, query, offset) {
    const { turn, composer: { pane } } = this;
    const asked = await post('inline', { as: pane.as, bot: bot.id, chat: pane.chat, query, offset });
    if (!asked) { this.close(); return; }
    this.box.dataset.query = asked.query;
    for (const until = Date.now() + PATIENCE; turn === this.turn && Date.now() < until;) {
      const answer = await get('inline', { query: asked.query });
      if (turn !== this.turn) return;
      if (answer.answered) { this.show(bot, query, asked.query, answer); return; }
      await new Promise((next) => setTimeout(next, LOOK));
    }
    if (turn === this.turn) this.hint(bot.name + ' doesn’t answer.');
  }

  hint(text) {
    this.box.replaceChildren(make('small', {}, text));
    this.box.hidden = false;
  }

  show(bot, words, query, answer) {
    const { button: above, results, next_offset: more } = answer;
    const rows = results.map((r) => button('', () => this.choose(query, r), { class: 'result', 'data-result': r.id }));
    rows.forEach((row, i) => row.append(make('b', {}, results[i].title || results[i].type), make('small', {}, results[i].description || results[i].text)));
    this.box.replaceChildren(...[
      above && button(above.text, () => { this.close(); if (above.start) this.composer.pane.start(bot.id, above.start); }, { class: 'above' }),
      ...rows,
      more && button('More', () => this.ask(bot, words, more), { class: 'above' }),
      !rows.length && !above && make('small', {}, 'Nothing found.'),
    ].filter(Boolean));
    this.box.hidden = false;
  }

  async choose(query, result) {
    const { as, chat, ...where } = this.composer.where();
    if (await post('inline/choose', { query, result: result.id, ...where })) this.composer.done();
  }

  // first chooses the first result; false = there is none.
  first() {
    const row = this.open && $('.result', this.box);
    if (row) row.click();
    return Boolean(row);
  }

  close() {
    clearTimeout(this.timer);
    this.turn = null;
    this.box.hidden = true;
  }
}
