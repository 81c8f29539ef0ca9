// What messages carry: pictures, films, sounds, files, places, polls.
import { make, button, avatar, size, duration, color } from './dom.js';
import { file, post } from './api.js';
import { show } from './dialog.js';
import { picture, levels, hum } from './art.js';

export const KINDS = {
  photo: ['🖼', 'Photo'], video: ['🎬', 'Video'], animation: ['🎞', 'GIF'], audio: ['🎵', 'Audio'], voice: ['🎤', 'Voice message'],
  video_note: ['⏺', 'Video message'], document: ['📄', 'Document'], sticker: ['😺', 'Sticker'], location: ['📍', 'Location'],
  venue: ['📍', 'Venue'], contact: ['👤', 'Contact'], poll: ['📊', 'Poll'], dice: ['🎲', 'Dice'],
};

// brief is a message in one line, for lists and replies.
export function brief(m) {
  if (!m) return '';
  if (m.kind === 'service') return m.notice;
  const kind = KINDS[m.kind];
  return kind ? kind[0] + ' ' + (m.text || kind[1]) : m.text;
}

export const visual = (m) => ['photo', 'video', 'animation'].includes(m.kind);

// media is what stands above the text of a message, null = nothing.
export function media(pane, m) {
  switch (m.kind) {
    case 'photo': case 'video': case 'animation': case 'video_note': return frame(pane, m);
    case 'voice': case 'audio': return player(pane, m);
    case 'document': return card('📄', named(pane, m), size(m.media.size), 'file');
    case 'location': case 'venue': return place(m);
    case 'contact': return contact(m);
    case 'poll': return poll(pane, m);
    default: return null;
  }
}

const source = (pane, m) => file(pane.as, pane.chat, m.id);

function named(pane, m) {
  const name = m.file_name || KINDS[m.kind][1];
  return m.media.stored ? make('a', { href: source(pane, m), download: name }, name) : make('span', {}, name);
}

function card(icon, name, facts, classes) {
  return make('div', { class: 'card ' + classes }, make('span', { class: 'icon', 'aria-hidden': 'true' }, icon), make('span', { class: 'grow' }, name, make('small', {}, facts)));
}

// frame is a picture or film of its own shape, or a part of an album.
function frame(pane, m) {
  const f = m.media;
  const still = m.kind === 'photo';
  const real = f.stored;
  const moving = real && !still && !/^image\//.test(f.mime);
  const film = moving ? make('video', { src: source(pane, m), preload: 'metadata', playsinline: true, controls: m.kind === 'video', loop: m.kind !== 'video' }) : null;
  if (film && m.kind === 'animation') { film.muted = true; film.autoplay = true; }
  const image = film || make('img', { src: real ? source(pane, m) : picture(m.file, f.width, f.height), alt: KINDS[m.kind][1] + (m.text ? ': ' + m.text : ''), loading: 'lazy' });
  const box = make('div', { class: 'frame ' + m.kind + (f.spoiler ? ' veiled' : ''), 'data-item': m.id }, image);
  const ratio = (f.width || 4) / (f.height || 3);
  box.style.setProperty('--shape', `${f.width || 4} / ${f.height || 3}`);
  box.style.setProperty('--wide', Math.max(120, Math.min(300, 300 * ratio)) + 'px');
  if (!still && !film) {
    box.append(button('▶', () => box.classList.toggle('moving'), { class: 'play', 'aria-label': 'Play' }),
      make('span', { class: 'badge-in' }, m.kind === 'animation' ? 'GIF' : duration(f.duration || 0)));
  } else if (still) {
    box.append(button('', () => light(image.src, m), { class: 'open', 'aria-label': 'Open the photo' }));
  }
  if (f.spoiler) box.append(button('Spoiler', (e) => { box.classList.remove('veiled'); e.target.remove(); }, { class: 'veil', 'aria-label': 'Show what is hidden' }));
  return box;
}

// light shows a picture large.
function light(src, m) {
  show(m.text || 'Photo', make('div', { class: 'body' }, make('img', { src, alt: m.text || 'Photo' })), 'light');
}

// How many of six columns the pictures of an album take.
const SPANS = { 1: [6], 2: [3, 3], 3: [6, 3, 3], 4: [3, 3, 3, 3], 5: [3, 3, 2, 2, 2], 6: [2, 2, 2, 2, 2, 2], 7: [6, 2, 2, 2, 2, 2, 2], 8: [3, 3, 2, 2, 2, 2, 2, 2], 9: [2, 2, 2, 2, 2, 2, 2, 2, 2], 10: [3, 3, 3, 3, 2, 2, 2, 2, 2, 2] };

// album lays pictures and films out as a grid, everything else as a list.
export function album(pane, messages) {
  if (!messages.every(visual)) return make('div', { class: 'files' }, ...messages.map((m) => { const node = media(pane, m); node.dataset.item = m.id; return node; }));
  const spans = SPANS[messages.length] || messages.map(() => 3);
  return make('div', { class: 'album', role: 'group', 'aria-label': `Album of ${messages.length}` },
    ...messages.map((m, i) => { const box = frame(pane, m); box.classList.add('span' + spans[i]); return box; }));
}

let playing = null; // one sound at a time

function player(pane, m) {
  const f = m.media;
  const seconds = f.duration || 3;
  const voice = m.kind === 'voice';
  const bars = voice ? levels(m.file, 34).map((high) => { const bar = make('i'); bar.style.height = Math.round(high * 22) + 'px'; return bar; }) : [];
  const time = make('small', {}, duration(seconds) + (voice ? '' : ', ' + size(f.size)));
  const start = button('▶', toggle, { class: 'round', 'aria-label': 'Play' });
  let sound = null;
  function toggle() {
    if (sound && !sound.paused) { sound.pause(); return; }
    if (!sound) {
      sound = new Audio(f.stored ? source(pane, m) : hum(m.file, seconds));
      sound.addEventListener('timeupdate', progress);
      sound.addEventListener('error', () => { if (!sound.dataset.hum) { sound.dataset.hum = '1'; sound.src = hum(m.file, seconds); sound.play().catch(() => {}); } });
      for (const event of ['play', 'pause', 'ended']) sound.addEventListener(event, progress);
    }
    if (playing && playing !== sound) playing.pause();
    playing = sound;
    sound.play().catch(() => {});
  }
  function progress() {
    const on = !sound.paused && !sound.ended;
    start.textContent = on ? '⏸' : '▶';
    start.setAttribute('aria-label', on ? 'Pause' : 'Play');
    const part = sound.currentTime / (sound.duration || seconds);
    bars.forEach((bar, i) => bar.classList.toggle('done', on && i / bars.length < part));
    time.textContent = on ? duration(sound.currentTime) : duration(seconds);
  }
  const what = voice ? make('span', { class: 'bars', 'aria-hidden': 'true' }, ...bars) : named(pane, m);
  return make('div', { class: 'card sound ' + m.kind, 'aria-label': KINDS[m.kind][1] }, start, make('span', { class: 'grow' }, what, time));
}

function place(m) {
  return make('div', { class: 'card place' }, make('div', { class: 'map', 'aria-hidden': 'true' }, make('span', {}, '📍')),
    make('span', { class: 'grow' }, m.kind === 'venue' ? m.detail.split(', ')[0] : 'Location', make('small', {}, m.kind === 'venue' ? m.detail.split(', ').slice(1).join(', ') : m.detail)));
}

function contact(m) {
  const at = m.detail.lastIndexOf(', ');
  const name = m.detail.slice(0, at);
  return make('div', { class: 'card' }, avatar(name, color(name.length)), make('span', { class: 'grow' }, make('b', {}, name), make('small', {}, m.detail.slice(at + 2))));
}

function poll(pane, m) {
  const p = m.poll;
  const total = p.options.reduce((sum, o) => sum + o.votes, 0);
  const mine = m.my_votes || [];
  const known = mine.length > 0 || p.closed;
  const vote = (options) => post('vote', { as: pane.as, chat: pane.chat, message: m.id, options });
  const box = make('div', { class: 'poll' }, make('b', {}, p.question),
    make('small', {}, (p.quiz ? 'Quiz' : 'Poll') + (p.closed ? ', closed' : '') + ' · ' + total + (total === 1 ? ' vote' : ' votes')));
  p.options.forEach((o, i) => {
    const share = total ? Math.round(o.votes / total * 100) : 0;
    const chosen = mine.includes(i);
    const mark = p.quiz && known ? ((p.correct || []).includes(i) ? ' ✓' : chosen ? ' ✗' : '') : chosen ? ' ✓' : '';
    const fill = make('i');
    fill.style.width = (known ? share : 0) + '%';
    box.append(button([fill, make('span', { class: 'grow' }, o.text + mark), make('span', {}, known ? share + ' %' : '')],
      () => vote(p.multiple ? (chosen ? mine.filter((x) => x !== i) : [...mine, i]) : [i]), { class: 'choice', disabled: p.closed || (known && !p.multiple), 'aria-pressed': String(chosen) }));
  });
  if (mine.length && !p.closed && !p.quiz) box.append(button('Take my vote back', () => vote([]), { class: 'link' }));
  return box;
}

// hush stops the sound of a chat that is left.
export function hush() {
  if (playing) playing.pause();
}
