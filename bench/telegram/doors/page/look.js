// A close look at one message: its numbers, and what bots have of it.
import { make, button, copy, moment } from './dom.js';
import { get, AWAY } from './api.js';
import { show } from './dialog.js';
import { ALL } from './world.js';

export async function closeLook(pane, m) {
  let seen;
  try {
    seen = await get('message', { as: pane.as, chat: pane.chat, message: m.id });
  } catch (err) {
    if (err.message === AWAY) throw err;
    show('Message ' + m.id, make('p', { class: 'body' }, 'This message was deleted.'));
    return;
  }
  const facts = [
    ['Number', seen.message.id], ['Kind', seen.message.kind], ['Sent', moment(seen.message.date)],
    seen.message.edited ? ['Edited', moment(seen.message.edited)] : null,
    ['Author', `${seen.message.author} (${seen.message.author_id})`],
    ['Chat', pane.chat], pane.topic !== ALL ? ['Topic', seen.message.topic || 'General'] : null,
    seen.message.reply_to ? ['Replies to', seen.message.reply_to] : null,
    seen.message.album ? ['Album', seen.message.album] : null,
    seen.message.file ? ['File', seen.message.file] : null,
  ].filter(Boolean);
  show('Message ' + m.id, make('div', { class: 'body look' },
    make('dl', {}, ...facts.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, String(value))])),
    ...seen.bots.map((b) => bot(b, seen.message)),
    seen.bots.length ? '' : make('p', { class: 'faint' }, 'No bot is in this chat.')), 'wide');
}

function bot(b, m) {
  const json = JSON.stringify(b.object, null, 2);
  return make('section', {}, make('h3', {}, 'As ' + b.name + ' has it'),
    make('p', { class: 'delivery' }, delivery(b, m)),
    make('pre', { tabindex: 0, 'aria-label': 'JSON' }, json), button('Copy the JSON', () => copy(json), { class: 'link' }));
}

function delivery(b, m) {
  if (b.waiting) return `⏳ Update ${b.waiting} waits to be fetched.`;
  if (b.told) return '✓ Delivered, or no longer kept: no update about it waits.';
  return m.author_id === b.bot ? 'It is the bot’s own: bots are not told of their own messages.' : 'The bot is not told: privacy mode, or another bot’s message.';
}
