// The page: two panes, a drawer, and what keeps them up to date.
import { $, $$, make, button, toast } from './dom.js';
import { onChange, Refusal, AWAY } from './api.js';
import { world, loadStage } from './world.js';
import { Pane } from './pane.js';
import { drawer, chips } from './tools.js';
import { setUp } from './people.js';
import { shortcuts } from './keys.js';

const PAUSE = 40; // ms between two looks, so that a busy bot leaves the browser some air
const AGAIN = 2000; // ms until the next look when nothing is heard

const left = new Pane($('#left'), { name: 'Client', forum: false, refresh });
const right = new Pane($('#right'), { name: 'Operators', forum: true, refresh });
const tools = drawer($('#drawer'), (on) => { if (phone()) tab(on ? 'tools' : 'left'); });

const phone = () => matchMedia('(max-width: 720px)').matches;

// tab says which part a phone shows.
function tab(name) {
  document.body.dataset.tab = name;
  for (const b of $$('#tabs button')) b.setAttribute('aria-current', String(b.dataset.tab === name));
  if (name !== 'tools' && tools.shown() && phone()) tools.show(false);
}

async function update() {
  await loadStage();
  const { stage } = world;
  document.title = stage.title;
  $('#title').textContent = stage.title;
  $('#hint').textContent = stage.hint;
  const empty = !stage.accounts.some((a) => !a.bot && !a.deleted);
  $('#welcome').hidden = !empty;
  $('main').hidden = empty;
  if (!empty) await Promise.all([left.update(), right.update(), tools.update(), chips($('#chips'), (id) => tools.show(true, id))]);
  $('#clock').textContent = new Date(world.now * 1000).toLocaleString([], { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  $('#state').textContent = '';
}

// report tells people of a refusal; any other error is the page's own mistake.
function report(err) {
  if (err instanceof Refusal) toast(err.message);
  else console.error(err);
}

let busy = false;
let again = false;

async function refresh() {
  again = true;
  if (busy) return;
  busy = true;
  while (again) {
    again = false;
    try {
      await update();
    } catch (err) {
      if (err.message === AWAY) $('#state').textContent = 'not connected';
      else report(err);
    }
    await new Promise((next) => setTimeout(next, PAUSE));
  }
  busy = false;
}

function follow() {
  const events = new EventSource('/world/changes');
  events.onmessage = refresh;
  events.onerror = () => {
    $('#state').textContent = 'not connected';
    if (events.readyState === EventSource.CLOSED) setTimeout(follow, AGAIN); // it has given up
  };
}

$('#tools').addEventListener('click', () => tools.show(!tools.shown()));
for (const b of $$('#tabs button')) b.addEventListener('click', () => { if (b.dataset.tab === 'tools') tools.show(true); else tab(b.dataset.tab); });
$('#welcome').append(make('div', {}, make('h2', {}, 'Nobody is here yet'), make('p', {}, 'Make a client, an operator with a forum, and a bot: then start your program with the bot’s token.'),
  button('Make a small desk', setUp, { class: 'primary' })));
document.addEventListener('click', (e) => {
  for (const d of $$('details.attach[open]')) if (!d.contains(e.target)) d.open = false;
});
document.addEventListener('visibilitychange', refresh);
addEventListener('unhandledrejection', (e) => { if (e.reason instanceof Refusal) { e.preventDefault(); report(e.reason); } });
onChange(refresh);
shortcuts({ panes: [left, right], tools, tab, phone });
tab('left');
follow();
refresh();
// What runs down by itself: clocks, limits.
setInterval(() => { if (!document.hidden) refresh(); }, AGAIN);
