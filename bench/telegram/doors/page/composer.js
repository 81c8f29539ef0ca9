// Where a person writes: text with marks, files, samples, replies and edits.
import { $, $$, make, button, toast } from './dom.js';
import { post } from './api.js';
import { marked, unmarked, KEYS } from './rich.js';
import { brief } from './media.js';
import { sample } from './art.js';
import { askPoll } from './people.js';
import { Inline } from './inline.js';
import { Slash } from './slash.js';

// What a key of a bot's keyboard asks for, as a sign behind its text.
const SIGNS = { contact: ' 👤', location: ' 📍', poll: ' 📊', users: ' 👥', chat: ' 💬', web_app: ' ↗', managed_bot: ' 🤖' };

export class Composer {
  constructor(pane, root) {
    this.pane = pane;
    this.root = root;
    this.input = $('textarea', root);
    this.input.addEventListener('keydown', (e) => this.key(e));
    this.inline = new Inline(this, root);
    this.slash = new Slash(this, root);
    this.input.addEventListener('input', () => { this.grow(); if (!this.editing) { this.inline.typed(this.input.value); this.slash.typed(this.input.value); } });
    this.input.addEventListener('paste', (e) => { if (e.clipboardData.files.length) { e.preventDefault(); this.upload([...e.clipboardData.files]); } });
    $('form', root).addEventListener('submit', (e) => { e.preventDefault(); this.send(); });
    $('.cancel', root).addEventListener('click', () => { this.plain(); this.focus(); });
    this.file = $('input[type=file]', root);
    this.file.addEventListener('change', () => { this.upload([...this.file.files]); this.file.value = ''; });
    this.attachment = $('.attach', root);
    for (const b of $$('[data-kind]', root)) b.addEventListener('click', () => { this.attachment.open = false; this.attach(b.dataset.kind); });
    this.keyboard = $('.reply-keys', root);
    this.big = $('.big', root);
    const drop = $('.chat', pane.root);
    drop.addEventListener('dragover', (e) => { e.preventDefault(); });
    drop.addEventListener('drop', (e) => { e.preventDefault(); if (e.dataTransfer.files.length) this.upload([...e.dataTransfer.files]); });
  }

  focus() { if (!$('form', this.root).hidden) this.input.focus({ preventScroll: true }); }

  label(text) { this.input.setAttribute('aria-label', text); }

  key(e) {
    const { pane } = this;
    if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) { e.preventDefault(); if (!this.inline.first()) this.send(); return; }
    if (e.key === 'Escape' && this.inline.open) { e.stopPropagation(); this.inline.close(); return; }
    if (this.slash.open && this.slash.key(e)) return;
    if (e.key === 'Escape') { if (this.reply || this.editing) { e.stopPropagation(); this.plain(); } else pane.back(); return; }
    const mark = (e.ctrlKey || e.metaKey) && KEYS[e.key];
    if (mark && this.input.selectionStart < this.input.selectionEnd) {
      e.preventDefault();
      const { selectionStart: from, selectionEnd: to, value } = this.input;
      this.input.setRangeText(mark + value.slice(from, to) + mark, from, to, 'end');
    }
    if (e.key === 'ArrowUp' && !this.input.value) {
      const m = pane.log.messages.filter((x) => x.author_id === pane.as && x.kind !== 'service' && !x.forwarded && !x.via).pop();
      if (m) { e.preventDefault(); this.change(m); }
    }
  }

  grow() {
    this.input.style.height = 'auto';
    this.input.style.height = this.input.scrollHeight + 2 + 'px';
    this.input.style.overflowY = this.input.scrollHeight > 140 ? 'auto' : 'hidden';
  }

  answer(m, part) {
    this.plain();
    this.reply = m.id;
    this.quote = part || '';
    this.mark((part ? 'Quote of ' : 'Reply to ') + m.author + ': ' + (part || brief(m)));
  }

  change(m) {
    this.plain();
    this.editing = m.id;
    this.input.value = unmarked(m.text, m.entities);
    this.grow();
    this.mark('Edit: ' + brief(m));
  }

  mark(text) {
    $('.reply .what', this.root).textContent = text;
    $('.reply', this.root).hidden = false;
    this.focus();
  }

  plain() {
    if (this.editing) this.input.value = '';
    this.reply = this.editing = 0;
    this.quote = '';
    $('.reply', this.root).hidden = true;
    this.grow();
  }

  async send() {
    const typed = this.input.value.trim();
    if (!typed && !this.editing) return;
    const said = marked(typed);
    const { pane } = this;
    const done = this.editing
      ? await post('edit', { as: pane.as, chat: pane.chat, message: this.editing, ...said })
      : await post('send', { ...this.where(), ...said });
    if (done) this.done();
  }

  // done empties the field after what stood there was sent.
  done() {
    this.input.value = '';
    this.editing = 0;
    this.inline.close();
    this.slash.close();
    this.plain();
    this.pane.sent();
  }

  where() {
    const { pane } = this;
    const out = { as: pane.as, chat: pane.chat, topic: Math.max(0, pane.topic) };
    if (this.reply) out.reply_to = this.reply;
    if (this.quote) out.quote = this.quote;
    if (this.anonymous) out.anonymous = true;
    return out;
  }

  attach(kind) {
    const text = this.input.value.trim();
    const samples = {
      file: () => this.file.click(),
      photo: () => this.deliver({ text, media: sample(0) }),
      album: () => this.deliver({ text, album: [0, 1, 2].map(sample) }),
      hidden: () => this.deliver({ text, media: { ...sample(2), spoiler: true } }),
      document: () => this.deliver({ text, media: { kind, name: 'invoice.pdf', mime: 'application/pdf', size: 48200 } }),
      voice: () => this.deliver({ media: { kind, duration: 4 } }),
      sticker: () => this.deliver({ media: { kind, emoji: '😺' } }),
      location: () => this.deliver({ location: { latitude: 52.52, longitude: 13.405 } }),
      venue: () => this.deliver({ venue: { location: { latitude: 52.52, longitude: 13.405 }, title: 'Parquet hall', address: 'Oak street 7' } }),
      contact: () => this.deliver({ contact: { phone_number: '+4915112345678', first_name: 'Sam', last_name: 'Carter' } }),
      dice: () => this.deliver({ dice: '🎲' }),
      poll: () => this.poll(),
    };
    (samples[kind] || (() => this.deliver({ text, media: { kind } })))();
  }

  async poll() {
    const poll = await askPoll();
    if (poll) this.deliver({ poll });
  }

  async deliver(what) {
    if ('text' in what) Object.assign(what, marked(what.text));
    const done = await post('send', { ...this.where(), ...what });
    if (!done) return;
    if ('text' in what) this.input.value = '';
    this.plain();
    this.pane.sent();
  }

  async upload(files) {
    const read = await Promise.all(files.slice(0, 10).map(medium));
    const media = read.filter(Boolean);
    if (media.length < read.length) toast('Some of it can’t be read: only files are sent.');
    if (files.length > 10) toast('An album holds ten at most: the first ten are sent.');
    const text = this.input.value.trim();
    const kinds = new Set(media.map((m) => (m.kind === 'video' ? 'photo' : m.kind)));
    if (media.length > 1 && kinds.size === 1 && !kinds.has('animation')) {
      await this.deliver({ text, album: media });
      return;
    }
    for (const [i, m] of media.entries()) await this.deliver({ text: i ? '' : text, media: m });
  }

  // keys shows the bot's keyboard below the field, null = none.
  keys(k) {
    const rows = (k && k.rows) || [];
    const state = JSON.stringify(rows);
    if (state === this.rows) return;
    this.rows = state;
    this.keyboard.hidden = !rows.length;
    this.keyboard.replaceChildren(...rows.map((row) => make('div', {}, ...row.map((b) => button(b.text + (SIGNS[b.asks] || ''), () => this.pane.keyed(b), { class: b.style || null })))));
    this.input.placeholder = (k && k.placeholder) || 'Message';
  }

  // only shows one large button in place of the composer, or none.
  only(text, run) {
    this.big.hidden = !text;
    $('form', this.root).hidden = Boolean(text);
    if (text) { this.big.textContent = text; this.big.onclick = run; }
  }
}

// medium reads a file as /world/send takes it; null = it can't be read, such
// as a folder.
async function medium(f) {
  const [main, sub] = f.type.split('/');
  const kind = f.type === 'image/gif' ? 'animation' : main === 'audio' && /ogg|opus/.test(sub) ? 'voice' : { image: 'photo', video: 'video', audio: 'audio' }[main] || 'document';
  const url = await new Promise((done) => { const r = new FileReader(); r.onloadend = () => done(r.result); r.readAsDataURL(f); });
  if (!url) return null;
  const out = { kind, mime: f.type, data: url.split(',')[1] };
  if (kind !== 'photo') out.name = f.name;
  if (kind === 'photo' || kind === 'animation') Object.assign(out, await extent(url));
  if (['video', 'audio', 'voice'].includes(kind)) Object.assign(out, await length(f, kind));
  return out;
}

function extent(url) {
  return new Promise((done) => {
    const image = new Image();
    image.onload = () => done({ width: image.naturalWidth, height: image.naturalHeight });
    image.onerror = () => done({});
    image.src = url;
  });
}

async function length(f, kind) {
  const url = URL.createObjectURL(f);
  const found = await new Promise((done) => {
    const film = document.createElement(kind === 'video' ? 'video' : 'audio');
    film.onloadedmetadata = () => done({ duration: Math.max(1, Math.round(Math.min(film.duration, 86400)) || 1), ...(kind === 'video' ? { width: film.videoWidth, height: film.videoHeight } : {}) });
    film.onerror = () => done({});
    film.src = url;
  });
  URL.revokeObjectURL(url);
  return found;
}
