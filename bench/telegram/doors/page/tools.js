// The drawer with everything behind the scenes: limits, queues, calls, faults, time.
import { $, make, button, toast, arrows } from './dom.js';
import { get, post } from './api.js';
import { world } from './world.js';
import { faultPanel, active } from './faults.js';

const KEEP = 400; // lines of the log that are kept
const SHOWN = 120; // and shown

const name = (id) => (world.stage.accounts.find((a) => a.id === id) || {}).name || String(id);

// chatName says where a bot's call went.
function chatName(id) {
  if (id === world.stage.forum) return 'the forum';
  if (id === world.stage.group) return 'the group';
  return name(id);
}

const FAMILIES = { send: 'messages', forward: 'forwards', copy: 'copies', edit: 'edits', topic: 'topics', actions: 'other actions' };

function meterPanel() {
  const meters = make('ul', { class: 'meters', 'aria-label': 'Limits' });
  const queues = make('ul', { class: 'queues', 'aria-label': 'Updates that wait' });
  const held = make('ul', { class: 'queues', 'aria-label': 'Calls that wait' });
  const profile = make('select', { id: 'profile', 'aria-label': 'Telegram’s limits' });
  profile.addEventListener('change', () => post('rules', { profile: profile.value }));
  get('rules').then((r) => profile.append(make('option', { value: '' }, 'as they are'), ...r.profiles.map((p) => make('option', {}, p))));
  const panel = make('section', { 'aria-label': 'Limits and queues' }, make('h2', {}, 'Spent of Telegram’s limits'), meters,
    make('label', { class: 'row' }, 'Use the limits', profile), make('h2', {}, 'Calls that wait inside Telegram'), held, make('h2', {}, 'Updates that wait for bots'), queues);
  const update = async () => {
    const [m, p] = await Promise.all([get('meters'), get('pending')]);
    const spent = m.meters.filter((x) => x.used > 0);
    fill(meters, spent.map((x) => [x.bot, x.chat, x.family, x.used, x.of, Math.ceil(x.wait_s)]), spent.slice(0, 60).map(meter), 'Nothing was spent lately.');
    fill(held, m.held.map((h) => [h.method, h.chat, Math.ceil(secondsTo(h.due))]), m.held.slice(0, 40).map(heldCall), 'No call is kept waiting.');
    fill(queues, p.bots, p.bots.slice(0, 40).map(queue), 'There is no bot yet.');
  };
  return { panel, update };
}

const secondsTo = (due) => Math.max(0, Date.parse(due) / 1000 - world.now);

const entry = (title, text, count, some) => make('li', {}, make('b', {}, title), make('span', { class: 'grow faint' }, text), make('span', { class: 'count' + (some ? ' some' : '') }, count));
const heldCall = (h) => entry(h.method, `${name(h.bot)} → ${h.chat ? chatName(h.chat) : ''}`, Math.ceil(secondsTo(h.due)) + ' s', false);
const queue = (b) => entry(b.name, b.updates.map((u) => u.kind).join(', '), String(b.waiting), b.waiting > 0);

function meter(x) {
  const bar = make('i');
  bar.style.width = Math.min(100, x.used / x.of * 100) + '%';
  const full = x.used >= x.of || x.wait_s > 0;
  return make('li', { class: full ? 'full' : null, 'data-chat': x.chat },
    make('span', { class: 'what' }, `${x.bot ? name(x.bot) : 'all bots'} → ${x.chat ? chatName(x.chat) : 'all chats'}`), make('span', { class: 'faint' }, FAMILIES[x.family] || x.family),
    make('span', { class: 'bar-of', role: 'meter', 'aria-valuenow': x.used, 'aria-valuemin': 0, 'aria-valuemax': x.of, 'aria-label': 'Spent' }, bar),
    make('span', { class: 'count' }, `${x.used} of ${x.of}` + (x.wait_s > 0 ? ` · wait ${Math.ceil(x.wait_s)} s` : '')));
}

function fill(list, state, nodes, none) {
  const now = JSON.stringify(state);
  if (list.dataset.state === now) return;
  list.dataset.state = now;
  list.replaceChildren(...nodes);
  if (!nodes.length) list.append(make('li', { class: 'faint' }, none));
}

function callPanel() {
  let next = -KEEP, entries = [];
  const rows = make('ul', { class: 'calls', 'aria-label': 'Calls and updates', tabindex: 0 });
  const bot = make('select', { 'aria-label': 'Of which bot' });
  const what = make('select', { 'aria-label': 'Which lines' }, ...[['', 'everything'], ['call', 'calls'], ['failed', 'failed calls'], ['update', 'updates']].map(([v, t]) => make('option', { value: v }, t)));
  const panel = make('section', { 'aria-label': 'Calls' }, make('h2', {}, 'Calls and updates'), make('div', { class: 'row' }, what, bot), rows);
  const draw = () => {
    const failed = (e) => e.event === 'call' && (e.code !== 200 || e.loss);
    const fits = (e) => e.event !== 'posted' && (!bot.value || e.bot === Number(bot.value)) &&
      ({ '': true, call: e.event === 'call', failed: failed(e), update: e.event !== 'call' })[what.value];
    const kept = entries.filter(fits).slice(-SHOWN).reverse();
    fill(rows, [bot.value, what.value, kept.length, kept[0] && kept[0].at, entries.length, next], kept.map((e) => row(e, failed(e))), 'Nothing yet.');
  };
  const update = async () => {
    const bots = world.stage.accounts.filter((a) => a.bot);
    if (bot.dataset.state !== String(bots.length)) {
      bot.dataset.state = String(bots.length);
      bot.replaceChildren(make('option', { value: '' }, 'of all bots'), ...bots.map((a) => make('option', { value: a.id }, a.name)));
    }
    const asked = next;
    const log = await get('log', { after: asked });
    if (asked !== next) return;
    next = log.next;
    entries = [...entries, ...log.entries].slice(-KEEP);
    draw();
  };
  what.addEventListener('change', draw);
  bot.addEventListener('change', draw);
  return { panel, update };
}

const SIGNS = { call: '→', update: '✉', taken: '✓' };

function row(e, failed) {
  const took = (e.took || 0) / 1e6;
  return make('li', { class: e.event + (failed ? ' failed' : '') },
    make('time', {}, new Date(e.at).toLocaleTimeString([], { hourCycle: 'h23' })),
    make('span', { class: 'sign', title: e.event }, SIGNS[e.event] || '·'), make('b', {}, e.method || ''),
    make('span', { class: 'grow faint' }, e.event === 'call' ? (e.chat ? chatName(e.chat) : '') : e.update_id ? '#' + e.update_id : ''),
    e.event === 'call' ? make('span', { class: 'code' }, e.loss ? `${e.code} ${e.loss}` : String(e.code || '') + (e.retry_after ? ` · ${e.retry_after} s` : '')) : '',
    e.event === 'call' && took >= 1 ? make('span', { class: 'faint' }, took >= 1000 ? (took / 1000).toFixed(1) + ' s' : Math.round(took) + ' ms') : '');
}

function timePanel() {
  const jump = async (seconds, text) => { if (await post('time', { advance_s: seconds })) toast('Time: ' + text); };
  const custom = make('input', { type: 'number', min: 0, step: 'any', value: 7, 'aria-label': 'How much' });
  const unit = make('select', { 'aria-label': 'Of what' }, ...[[86400, 'days'], [3600, 'hours'], [60, 'minutes'], [1, 'seconds']].map(([v, t]) => make('option', { value: v }, t)));
  const now = make('p', { class: 'now' });
  const speed = make('div', { class: 'row speed', hidden: true, role: 'group', 'aria-label': 'Speed' }, 'Speed', ...[1, 10, 100].map((n) => button('×' + n, () => post('time', { speed: n }), { 'data-speed': n })));
  const panel = make('section', { 'aria-label': 'Time' }, make('h2', {}, 'Time travel'), now,
    make('div', { class: 'row' }, ...[[60, '+ 1 min'], [3600, '+ 1 h'], [86400, '+ 24 h'], [172800, '+ 48 h']].map(([s, t]) => button(t, () => jump(s, t), { 'data-jump': s }))),
    make('form', { class: 'row', onsubmit: (e) => { e.preventDefault(); jump(Number(custom.value) * Number(unit.value), `+ ${custom.value} ${unit.selectedOptions[0].text}`); } }, '+', custom, unit, make('button', {}, 'Jump')),
    speed);
  const update = async () => {
    const t = await get('time');
    now.textContent = new Date(t.now).toLocaleString([], { dateStyle: 'full', timeStyle: 'medium', hourCycle: 'h23' });
    speed.hidden = t.speed === undefined;
    for (const b of speed.querySelectorAll('button')) b.setAttribute('aria-pressed', String(Number(b.dataset.speed) === t.speed));
  };
  return { panel, update };
}

// drawer fills the drawer and returns what keeps it and the header up to date.
export function drawer(root, onToggle) {
  const parts = [['faults', '⚡', 'Trouble', faultPanel()], ['meters', '▤', 'Limits', meterPanel()], ['calls', '⇄', 'Calls', callPanel()], ['time', '◷', 'Time', timePanel()]];
  let open = 'faults';
  const tabs = make('div', { role: 'tablist', 'aria-label': 'Behind the scenes' }, ...parts.map(([id, icon, text]) => button([make('span', { 'aria-hidden': 'true' }, icon + ' '), text], () => turn(id), { role: 'tab', id: 'tab-' + id, 'aria-controls': 'panel-' + id })));
  for (const [id, , , p] of parts) { p.panel.id = 'panel-' + id; p.panel.setAttribute('role', 'tabpanel'); }
  arrowsAcross(tabs);
  root.append(make('header', {}, tabs, button('✕', () => show(false), { class: 'close', 'aria-label': 'Close the drawer' })), ...parts.map(([, , , p]) => p.panel));
  function turn(id) {
    open = id;
    for (const [other, , , p] of parts) {
      p.panel.hidden = other !== id;
      const tab = $('#tab-' + other);
      if (!tab) continue;
      tab.setAttribute('aria-selected', String(other === id));
      tab.tabIndex = other === id ? 0 : -1;
    }
    update();
  }
  function show(on, id) {
    root.hidden = !on;
    document.body.classList.toggle('with-drawer', on);
    $('#tools').setAttribute('aria-expanded', String(on));
    turn(id || open);
    onToggle(on);
    if (on) $('#tab-' + open).focus();
    else $('#tools').focus();
  }
  async function update() {
    if (!world.stage || root.hidden) return;
    await parts.find(([id]) => id === open)[3].update();
  }
  return { update, show, shown: () => !root.hidden };
}

function arrowsAcross(tabs) {
  tabs.addEventListener('keydown', (e) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    if (!step) return;
    const all = [...tabs.children];
    const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
    next.click();
    next.focus();
  });
  arrows(tabs, '[role=tab]');
}

// chips are the few figures that are always seen.
export async function chips(root, show) {
  const { stage } = world;
  const [{ meters }, { bots }, { faults }] = await Promise.all([get('meters'), get('pending', { bot: stage.bot || 0 }), get('faults')]);
  const m = meters.find((x) => x.bot === stage.bot && x.chat === stage.forum && x.family === 'send');
  const waiting = bots.reduce((sum, b) => sum + b.waiting, 0);
  const troubles = active(faults);
  const state = JSON.stringify([m && [m.used, m.of], waiting, troubles]);
  if (root.dataset.state === state) return;
  root.dataset.state = state;
  const bar = make('i');
  if (m) bar.style.width = Math.min(100, m.used / m.of * 100) + '%';
  root.replaceChildren(
    m ? button([make('span', {}, 'Bot → forum'), make('span', { class: 'bar-of' }, bar), make('b', {}, `${m.used}/${m.of}`)], () => show('meters'), { class: 'chip budget' + (m.used >= m.of ? ' full' : ''), title: 'Messages that the bot has sent to the forum in the last minute, of those that Telegram allows' }) : '',
    button([make('span', {}, 'Waiting'), make('b', {}, String(waiting))], () => show('meters'), { class: 'chip', title: 'Updates that the bot hasn’t taken yet' }),
    troubles ? button([make('span', { 'aria-hidden': 'true' }, '⚡'), make('b', {}, String(troubles))], () => show('faults'), { class: 'chip bad', title: 'Faults in the plan', 'aria-label': troubles + ' faults in the plan' }) : '');
}
