// The shortcuts of the whole page; those of a message are in message.js.
import { $, make } from './dom.js';
import { show } from './dialog.js';

const HELP = [
  ['Everywhere', [['1 2', 'the client’s, the operators’ Telegram'], ['/', 'search the list'], ['c', 'write'], ['t', 'trouble, limits, calls and time'], ['?', 'this']]],
  ['Lists', [['↑ ↓', 'move'], ['Enter', 'open'], ['Esc', 'back']]],
  ['A message', [['↑ ↓', 'move'], ['Enter', 'everything one can do'], ['r', 'reply; quotes what is selected'], ['e', 'edit'], ['f', 'forward'], ['p', 'pin, unpin'], ['i', 'details'], ['Del', 'delete'], ['1 … 7', 'react']]],
  ['Writing', [['Enter', 'send'], ['Shift Enter', 'new line'], ['↑', 'edit the last message'], ['Ctrl B I E', 'bold, italic, code'], ['Esc', 'no reply, no edit; then the list'], ['**b** __i__ ~~s~~ ||hidden|| `code`', 'marks']]],
];

function help() {
  show('Shortcuts', make('div', { class: 'body shortcuts' }, ...HELP.map(([title, keys]) => make('section', {}, make('h3', {}, title),
    make('dl', {}, ...keys.flatMap(([key, what]) => [make('dt', {}, make('kbd', {}, key)), make('dd', {}, what)]))))), 'wide');
}

export function shortcuts({ panes, tools, tab, phone }) {
  let last = panes[0];
  for (const p of panes) p.root.addEventListener('focusin', () => { last = p; });
  const go = (i) => {
    if (panes[i].root.hidden) return;
    if (phone()) tab(i ? 'right' : 'left');
    last = panes[i];
    ($('.entry[aria-current=true]', last.root) || $('.entry', last.root) || $('.person', last.root)).focus();
  };
  const run = {
    '?': help,
    1: () => go(0),
    2: () => go(1),
    t: () => tools.show(!tools.shown()),
    '/': () => { $('.search', last.root).hidden = false; $('.search', last.root).focus(); },
    c: () => last.composer.focus(),
  };
  document.addEventListener('keydown', (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest('input, textarea, select, dialog, .popup')) return;
    if (e.key === 'Escape' && e.target.closest('#drawer')) { tools.show(false); return; }
    if (e.key === 'Escape' && e.target.closest('.chat')) { last.back(); return; }
    if (run[e.key]) { e.preventDefault(); run[e.key](); }
  });
  $('#help').addEventListener('click', help);
}
