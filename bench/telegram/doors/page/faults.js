// The fault panel: what goes wrong next, and how often.
import { make, button, toast, clock } from './dom.js';
import { get, post } from './api.js';
import { world } from './world.js';

// Everything that doesn't begin with get…, so that long polls go on.
const CALLS = '[^g]*';

// Where a preset strikes, by the stage: mishaps need the right kind of chat.
const WHERE = { topic: 'forum', kick: 'forum', block: 'client' };

const PRESETS = [
  ['429 next', 'The next call is refused for 5 s', { do: 'flood', method: CALLS, count: 1, retry_s: 5 }, 'flood'],
  ['Flood 30 s', 'Every call is refused for 30 s', { do: 'flood', method: CALLS, for_s: 30, retry_s: 30 }, 'flood-30'],
  ['Outage 2 min', 'No call, poll or webhook gets through', { do: 'outage', for_s: 120 }, 'outage'],
  ['Answers get lost 10 %', 'Done, but the bot never hears of it', { do: 'lost-answer', method: CALLS, chance: 0.1 }, 'lost'],
  ['Topic deleted', 'Just before the bot’s next message to it', { do: 'delete-topic', method: '[sc][eo][np][dy]*', count: 1 }, 'topic'],
  ['Bot blocked', 'By the client, before the next message', { do: 'block-bot', method: '[sc][eo][np][dy]*', count: 1 }, 'block'],
  ['Bot kicked', 'From the forum, before the next message', { do: 'kick-bot', method: '[sc][eo][np][dy]*', count: 1 }, 'kick'],
  ['Token revoked', 'At the next call', { do: 'revoke-token', count: 1 }, 'revoke'],
];

const KINDS = [
  ['flood', '429: refused, wait retry seconds'], ['server-error', '500, not done'], ['gateway', '502 with HTML, not done'], ['reset', 'connection broken, not done'],
  ['lost-answer', 'done, connection broken'], ['gateway-after', 'done, 502 with HTML'], ['server-after', 'done, 500'],
  ['slow', 'done and answered after the delay'], ['slow-after', 'done at once, answered after the delay'], ['hang', 'done after the delay, never answered'], ['black-hole', 'not done, never answered'],
  ['outage', 'connections break: calls, polls, webhooks'], ['duplicate-update', 'an update comes twice'], ['late-update', 'an update comes after the delay'], ['lose-update', 'an update never comes'],
  ['block-bot', 'the person blocks the bot'], ['delete-topic', 'the topic is deleted'], ['forget-topic', 'Telegram doesn’t find the topic, this once'],
  ['cut-album', 'a flood meets an album in its middle'], ['stale-copy', 'the bot’s server believes in deleted messages'],
  ['close-topic', 'the topic is closed'], ['kick-bot', 'the bot is banned'], ['upgrade-group', 'the group becomes a supergroup'], ['delete-account', 'the person deletes the account'], ['revoke-token', 'the bot gets another token'],
];

export function faultPanel() {
  const kind = make('select', { name: 'do', 'aria-label': 'What goes wrong' }, ...KINDS.map(([value, text]) => make('option', { value }, `${value}: ${text}`)));
  const field = (name, label, props = {}) => make('label', {}, make('span', {}, label), make('input', { name, type: 'number', min: 0, step: 'any', ...props }));
  const bots = make('select', { name: 'bot', 'aria-label': 'Bot' });
  const chats = make('datalist', { id: 'chat-ids' });
  const form = make('form', { class: 'fault' }, kind,
    make('div', { class: 'cells' },
      make('label', {}, make('span', {}, 'Method or update'), make('input', { name: 'method', value: CALLS, title: '* and [abc] as in file names; empty = every one' })),
      make('label', {}, make('span', {}, 'Bot'), bots),
      make('label', {}, make('span', {}, 'Chat (id)'), make('input', { name: 'chat', list: 'chat-ids', placeholder: 'any' }), chats),
      field('topic', 'Topic (id)', { placeholder: 'any' }), field('chance', 'Chance, %', { placeholder: '100', max: 100 }), field('count', 'How often', { value: 1, placeholder: 'for ever' }),
      field('skip', 'Not the first', { placeholder: '0' }), field('nth', 'Each one of', { placeholder: '1' }), field('after_s', 'Begins in, s', { placeholder: '0' }),
      field('for_s', 'Lasts, s', { placeholder: 'for ever' }), field('every_s', 'Comes every, s', { placeholder: 'once' }), field('delay_s', 'Delay, s', { placeholder: '0' }),
      field('retry_s', 'Flood: retry, s', { placeholder: '1' })),
    make('button', { class: 'primary' }, 'Add to the plan'));
  form.addEventListener('submit', (e) => { e.preventDefault(); add(form); });
  const list = make('ul', { class: 'plan', 'aria-label': 'Faults in the plan' });
  const panel = make('section', { 'aria-label': 'Faults' }, make('h2', {}, 'Make trouble'),
    make('div', { class: 'presets' }, ...PRESETS.map(([name, small, fault, id]) => button([make('b', {}, name), make('small', {}, small)], () => plan(name, fault, world.stage[WHERE[id]]), { 'data-fault': id }))),
    make('h2', {}, 'In the plan ', button('Clear', () => post('faults/clear', {}), { id: 'calm', class: 'link' })), list,
    make('details', {}, make('summary', {}, 'Any fault…'), form));
  return { panel, update: () => update({ list, bots, chats }) };
}

async function plan(name, fault, chat) {
  if (await post('faults', { name, ...fault, ...(chat ? { chat } : {}) })) toast('In the plan: ' + name);
}

async function add(form) {
  const out = {};
  for (const [name, value] of new FormData(form)) {
    if (value === '') continue;
    out[name] = ['do', 'method'].includes(name) ? value : Number(value);
  }
  if (out.chance) out.chance /= 100;
  if (!out.bot) delete out.bot;
  if (await post('faults', out)) toast('In the plan: ' + out.do);
}

async function update({ list, bots, chats }) {
  const { faults } = await get('faults');
  const names = world.stage.accounts.filter((a) => a.bot);
  const state = JSON.stringify(names.map((a) => a.id));
  if (bots.dataset.state !== state) {
    bots.dataset.state = state;
    bots.replaceChildren(make('option', { value: '' }, 'any'), ...names.map((a) => make('option', { value: a.id }, a.name)));
  }
  if (!chats.children.length && world.stage.forum) chats.append(make('option', { value: world.stage.forum }, 'the forum'), make('option', { value: world.stage.client }, 'the client'));
  const lines = JSON.stringify(faults);
  if (list.dataset.state === lines) return;
  list.dataset.state = lines;
  list.replaceChildren(...faults.map((f, at) => make('li', { class: over(f) ? 'over' : null }, make('span', { class: 'grow' }, make('b', {}, f.name || f.do), make('small', {}, told(f))),
    button('✕', () => post('faults/remove', { at }), { 'aria-label': 'Remove ' + (f.name || f.do) }))));
  if (!faults.length) list.append(make('li', { class: 'faint' }, 'Nothing: Telegram is at its best.'));
}

function placed(chat) {
  const { client, forum, accounts } = world.stage;
  return chat === forum ? 'the forum' : (accounts.find((a) => a.id === chat) || { name: chat === client ? 'the client' : String(chat) }).name;
}

const over = (f) => (f.count && f.struck >= f.count) || (f.until && Date.parse(f.until) / 1000 <= world.now);

function told(f) {
  const bot = f.bot && world.stage.accounts.find((a) => a.id === f.bot);
  return [
    f.name ? f.do : '', f.method ? 'on ' + f.method : 'on everything', bot ? 'of ' + bot.name : '',
    f.chat ? 'in ' + placed(f.chat) : '', f.topic ? 'topic ' + f.topic : '', f.nth ? 'each ' + f.nth + 'th' : '',
    f.every_s ? 'every ' + f.every_s + ' s' : '', f.chance ? Math.round(f.chance * 100) + ' %' : '',
    f.skip ? 'after ' + f.skip : '', f.delay_s ? 'delay ' + f.delay_s + ' s' : '', f.retry_s ? 'retry ' + f.retry_s + ' s' : '',
    f.until ? 'until ' + clock(Date.parse(f.until) / 1000) : '', `struck ${f.struck}` + (f.count ? ` of ${f.count}` : ''), over(f) ? 'over' : '',
  ].filter(Boolean).join(' · ');
}

export const active = (faults) => faults.filter((f) => !over(f)).length;
