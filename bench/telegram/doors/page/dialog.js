// Menus, questions and choices above the page.
import { $, $$, make, button, avatar, arrows } from './dom.js';

// show opens a dialog; it is gone when it is closed, and the focus is back.
export function show(title, content, classes = '') {
  const close = button('✕', () => box.close(), { class: 'close', 'aria-label': 'Close' });
  const box = make('dialog', { class: classes, 'aria-label': title }, make('header', {}, make('h2', {}, title), close), content);
  box.addEventListener('close', () => box.remove());
  box.addEventListener('click', (e) => { if (e.target === box) box.close(); });
  document.body.append(box);
  box.showModal();
  const first = $('[autofocus], input, select, textarea, .option', box);
  if (first) first.focus();
  return box;
}

// alert shows a text that must be read.
export function alert(text, title = 'Message') {
  show(title, make('div', { class: 'body' }, make('p', {}, text), make('p', { class: 'row end' }, button('OK', (e) => e.target.closest('dialog').close(), { class: 'primary', autofocus: true }))));
}

// ask asks for values: fields are {name, label, type, value, options, hint}.
// null = the person changed their mind.
export function ask(title, fields, verb = 'OK') {
  return new Promise((done) => {
    let out = null;
    const form = make('form', { class: 'body', method: 'dialog' }, ...fields.map(field),
      make('p', { class: 'row end' }, button('Cancel', () => box.close()), make('button', { class: 'primary' }, verb)));
    form.addEventListener('submit', () => { out = Object.fromEntries(fields.map((f) => [f.name, value(form, f)])); });
    const box = show(title, form);
    box.addEventListener('close', () => done(out));
  });
}

function field(f) {
  if (f.type === 'checks') {
    return make('fieldset', { class: 'checks' }, make('legend', {}, f.label),
      ...f.options.map(([name, label, on]) => make('label', { class: 'check' }, make('input', { type: 'checkbox', name: f.name, value: name, checked: on }), label)));
  }
  if (f.type === 'check') return make('label', { class: 'check' }, make('input', { type: 'checkbox', name: f.name, checked: f.value }), f.label);
  const input = f.type === 'select'
    ? make('select', { name: f.name }, ...f.options.map(([value, label]) => make('option', { value, selected: String(value) === String(f.value) }, label)))
    : make(f.type === 'area' ? 'textarea' : 'input', { name: f.name, type: f.type === 'number' ? 'number' : null, value: f.value ?? null, required: f.required,
      step: 'any', rows: f.type === 'area' ? 4 : null, placeholder: f.hint });
  return make('label', { class: 'field' }, make('span', {}, f.label), input);
}

function value(form, f) {
  const all = $$(`[name="${f.name}"]`, form);
  if (f.type === 'checks') return Object.fromEntries(all.map((box) => [box.value, box.checked]));
  if (f.type === 'check') return all[0].checked;
  return f.type === 'number' ? Number(all[0].value) || 0 : all[0].value.trim();
}

// menu opens actions at an element or a point: items are {label, icon, key, run}
// or a row of them.
export function menu(at, items, label = 'Actions') {
  $$('.popup').forEach((p) => p.remove());
  const back = document.activeElement;
  const entry = (i) => button([make('span', { class: 'icon', 'aria-hidden': 'true' }, i.icon || ''), make('span', { class: 'grow' }, i.label || ''), i.key ? make('kbd', {}, i.key) : ''],
    () => { close(); i.run(); }, { role: 'menuitem', tabindex: -1, 'aria-label': i.name || i.label, class: i.bad ? 'bad' : null });
  const box = make('div', { class: 'popup', role: 'menu', 'aria-label': label },
    ...items.filter(Boolean).map((i) => (Array.isArray(i) ? make('div', { class: 'quick' }, ...i.map(entry)) : entry(i))));
  const close = () => {
    box.remove();
    document.removeEventListener('pointerdown', outside, true);
    if (back && back.isConnected) back.focus({ preventScroll: true });
  };
  const outside = (e) => { if (!box.contains(e.target)) close(); };
  box.addEventListener('keydown', (e) => {
    const all = $$('[role=menuitem]', box);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    if (e.key === 'Escape' || e.key === 'Tab') { e.preventDefault(); e.stopPropagation(); close(); }
    if (step) { e.preventDefault(); (all[all.indexOf(document.activeElement) + step] || all[0]).focus(); }
  });
  arrows(box, '[role=menuitem]');
  document.addEventListener('pointerdown', outside, true);
  ($('dialog[open]') || document.body).append(box);
  const point = at instanceof Element ? at.getBoundingClientRect() : at;
  const left = Math.min(point.left ?? point.x, innerWidth - box.offsetWidth - 8);
  const below = (point.bottom ?? point.y) + 4;
  const top = below + box.offsetHeight > innerHeight - 8 ? Math.max(8, (point.top ?? point.y) - box.offsetHeight - 4) : below;
  box.style.left = Math.max(8, left) + 'px';
  box.style.top = top + 'px';
  $('[role=menuitem]', box).focus();
}

// pick lets somebody choose among many: find(words) gives {value, name, small,
// face, color} or a promise of them. null = nothing was chosen.
export function pick(title, find, extra = []) {
  return new Promise((done) => {
    let out = null;
    const input = make('input', { type: 'search', placeholder: 'Search', 'aria-label': 'Search', autofocus: true });
    const list = make('div', { class: 'options', role: 'listbox', 'aria-label': title });
    let asked = 0;
    const fill = async () => {
      const mine = ++asked;
      const found = await find(input.value.trim());
      if (mine !== asked) return;
      list.replaceChildren(...found.slice(0, 60).map((o) => button([avatar(o.face || o.name, o.color || '#8a98a5', o.kind || ''), make('span', { class: 'grow' }, make('b', {}, o.name), o.small ? make('small', {}, o.small) : '')],
        () => { out = o.value; box.close(); }, { class: 'option', role: 'option', 'data-value': String(o.value) })));
      if (!found.length) list.append(make('p', { class: 'faint' }, 'Nobody and nothing'));
    };
    const body = make('div', { class: 'body' }, input, list, extra.length ? make('p', { class: 'row' }, ...extra.map(([text, run]) => button(text, () => { box.close(); run(); }))) : '');
    input.addEventListener('input', fill);
    input.addEventListener('keydown', (e) => {
      if (e.key === 'Enter') { e.preventDefault(); $('.option', list)?.click(); }
      if (e.key === 'ArrowDown') { e.preventDefault(); $('.option', list)?.focus(); }
    });
    arrows(list, '.option');
    const box = show(title, body, 'picker');
    box.addEventListener('close', () => done(out));
    fill();
  });
}
