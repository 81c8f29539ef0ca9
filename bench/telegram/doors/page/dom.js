// Small tools for building what is seen.

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

// make builds an element; props that begin with "on" are listeners, null and
// undefined ones are left out, and so are empty children.
export function make(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (key === 'class') node.className = value;
    else if (value !== undefined && value !== null && value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== '' && c !== false));
  return node;
}

// button is a button that is no form's.
export const button = (text, run, props = {}) => make('button', { type: 'button', onclick: run, ...props }, text);

const PALETTE = ['#d6544d', '#5a9e3f', '#3d86c6', '#8a70d6', '#cf5b93', '#3a9aa0', '#d07f2c'];
export const color = (id) => PALETTE[Math.abs(Number(id)) % PALETTE.length];
export const hex = (n) => '#' + (n || 7322096).toString(16).padStart(6, '0');

export const clock = (unix) => new Date(unix * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
export const day = (unix) => new Date(unix * 1000).toLocaleDateString([], { day: 'numeric', month: 'long' });
export const moment = (unix) => new Date(unix * 1000).toLocaleString([], { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });

export function size(bytes) {
  return bytes >= 1 << 20 ? (bytes / (1 << 20)).toFixed(1) + ' MB' : Math.max(1, Math.round(bytes / 1024)) + ' KB';
}
export function duration(seconds) {
  return Math.floor(seconds / 60) + ':' + String(Math.floor(seconds % 60)).padStart(2, '0');
}

const segments = new Intl.Segmenter();

// letter is what stands in an avatar: the first letter, or a leading emoji.
function letter(name) {
  const first = [...segments.segment(name.trim())][0];
  return first ? first.segment.toUpperCase() : '?';
}

export function avatar(name, background, kind = '') {
  const node = make('span', { class: 'avatar ' + kind, 'aria-hidden': 'true' }, letter(name));
  node.style.background = background;
  return node;
}

// place puts children into parent in this order and touches nothing that is
// there already; what isn't among them goes.
export function place(parent, children) {
  const keep = new Set(children);
  for (const node of [...parent.children]) if (!keep.has(node)) node.remove();
  children.forEach((node, i) => { if (parent.children[i] !== node) parent.insertBefore(node, parent.children[i] || null); });
}

let toastTimer;
export function toast(text) {
  const box = $('#toast');
  box.textContent = text;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { box.textContent = ''; }, 5000);
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast('Copied: ' + text);
  } catch {
    toast(text);
  }
}

// arrows lets the arrow keys move among the elements of a list, of which the
// Tab key knows one.
export function arrows(container, selector) {
  container.addEventListener('keydown', (e) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (!step && e.key !== 'Home' && e.key !== 'End' || e.target.closest('input, textarea, select')) return;
    const all = $$(selector, container);
    const at = all.findIndex((node) => node === document.activeElement || node.contains(document.activeElement));
    const next = e.key === 'Home' ? all[0] : e.key === 'End' ? all.at(-1) : all[at + step];
    if (!next) return;
    e.preventDefault();
    next.focus();
  });
}
