// A small support desk: each client has a topic in the operators' forum. It
// knows no library; a library's bot calls it with plain values and gives it
// the calls that it needs. Everything that it sees or does is one line of
// JSON on standard output, the same for every library.

// config is what the test says: root, token, me, forum, client and thread
// (0 = none yet), webhook (whether to use one), secret, pictures (base64).
export const config = JSON.parse(process.env.DESK);

export const tell = (line) => process.stdout.write(JSON.stringify(line) + '\n');

export const allowedUpdates = ['message', 'edited_message', 'callback_query', 'message_reaction', 'my_chat_member'];
export const commands = [{ command: 'start', description: 'Начать 🟢' }, { command: 'help', description: 'Help' }];

const html = (name) => `<b>Привет</b>, <i>${name}</i> 👋 &lt;3 <a href="https://example.org/?a=1&amp;b=2">ссылка</a>`;
const markdown = '*жирный* _курсив_ ||тайна|| `код 🟢` [ссылка](https://example.org/) 1\\.5';

export const keyboard = (...names) => ({ inline_keyboard: [names.map((n) => ({ text: n, callback_data: n.toLowerCase() }))] });

const entities = (list = []) => list.map((e) => [e.type, e.offset, e.length]);

export class Desk {
  // calls are the library's: topic, copy, say, album, upload, download,
  // editText, editCaption, editButtons, react, close, reopen, rename;
  // failure tells an error of the library as {code, description, retry, migrate}.
  constructor(calls) {
    this.calls = calls;
    this.client = config.client;
    this.thread = config.thread;
    this.copies = new Map(); // the client's message → its copy in the topic
    this.told = new Map(); // the operator's message → what the client got
    this.items = [];
    this.name = '';
    this.said = 0;
  }

  async open() {
    this.thread = await this.calls.topic(this.name || 'Somebody');
    tell({ did: 'topic' });
  }

  // tried does something and tells why it failed, if it did.
  async tried(what, action) {
    try {
      return await action();
    } catch (err) {
      const why = this.calls.failure(err);
      tell(JSON.parse(JSON.stringify({ failed: what, ...why })));
      return null;
    }
  }

  async copy(id) {
    let copied = await this.tried('copy', () => this.calls.copy(this.client, this.thread, id));
    if (!copied) {
      await this.open();
      copied = await this.calls.copy(this.client, this.thread, id);
    }
    this.copies.set(id, copied);
    tell({ did: 'copy' });
  }

  async started({ chat, id, payload, name }) {
    tell({ saw: 'start', payload });
    this.client = chat;
    this.name = name;
    await this.open();
    await this.copy(id);
    const m = await this.calls.say(chat, html(name), { html: true, replyTo: id });
    tell({ did: 'welcome', text: m.text, entities: entities(m.entities) });
  }

  async wrote({ id, text, entities: marks }) {
    tell({ saw: 'text', text, entities: entities(marks) });
    this.said = id;
    await this.copy(id);
  }

  async showed({ id, kind }) {
    tell({ saw: 'kind', kind });
    await this.copy(id);
  }

  async forwarded({ id, text, origin }) {
    tell({ saw: 'forward', text, origin });
    await this.copy(id);
  }

  async photo({ id, caption, sizes, group, file }) {
    tell({ saw: 'photo', caption: caption ?? '', sizes: sizes > 0, album: Boolean(group) });
    if (!group) return this.copy(id);
    this.items.push(file);
    if (this.items.length < 3) return;
    const media = this.items.splice(0).map((media, i) => ({ media, caption: `№ ${i + 1}` }));
    const sent = await this.calls.album(config.forum, this.thread, media);
    tell({ did: 'album', count: sent.length, together: new Set(sent.map((m) => m.media_group_id)).size === 1 });
  }

  async document({ file, name, mime }) {
    const { bytes, size } = await this.calls.download(file);
    const text = new TextDecoder().decode(bytes);
    tell({ saw: 'document', name, mime, size, text });
    const m = await this.calls.upload(config.forum, this.thread, name, bytes);
    tell({ did: 'document', name: m.document.file_name, size: m.document.file_size });
  }

  async edited({ id, text, caption }) {
    tell({ saw: 'edit', text: text ?? caption });
    const copy = this.copies.get(id);
    if (text !== undefined) await this.calls.editText(config.forum, copy, text);
    else await this.calls.editCaption(config.forum, copy, caption);
    tell({ did: 'edit' });
  }

  async pressed({ chat, id, data, answer }) {
    tell({ saw: 'button', data });
    await answer('готово');
    await this.calls.editButtons(chat, id, keyboard('Again'));
    tell({ did: 'answer' });
  }

  async reacted({ chat, id, emoji }) {
    tell({ saw: 'reaction', emoji: emoji ?? '' });
    await this.calls.react(chat, id, '🔥');
    tell({ did: 'reaction' });
  }

  async operator({ id, text, replyTo }) {
    const [command, argument] = text.split(' ');
    const order = this.orders[command];
    if (order) return order.call(this, argument, id);
    tell({ saw: 'operator', text, reply: Boolean(replyTo) });
    const original = [...this.copies].find(([, copy]) => copy === replyTo)?.[0];
    const m = await this.tried('tell', () => this.calls.say(this.client, text, { replyTo: original }));
    if (!m) return;
    this.told.set(id, m.message_id);
    tell({ did: 'tell' });
  }

  async operatorEdited({ id, text }) {
    tell({ saw: 'operator edit', text });
    await this.calls.editText(this.client, this.told.get(id), text);
    tell({ did: 'edit' });
  }

  orders = {
    async '/album'() {
      const media = config.pictures.map((base64, i) => (
        { upload: new Uint8Array(Buffer.from(base64, 'base64')), name: `${i}.png`, caption: `№ ${i + 1}` }));
      const sent = await this.calls.album(this.client, 0, media);
      tell({ did: 'album', count: sent.length, together: new Set(sent.map((m) => m.media_group_id)).size === 1 });
    },
    async '/markdown'() {
      const m = await this.calls.say(this.client, markdown, { markdown: true });
      tell({ did: 'markdown', text: m.text, entities: entities(m.entities) });
    },
    async '/broken'() {
      await this.tried('broken', () => this.calls.say(this.client, 'a *b', { markdown: true }));
    },
    async '/buttons'() {
      await this.calls.say(this.client, 'Pick', { buttons: keyboard('Yes', 'No') });
      tell({ did: 'buttons' });
    },
    async '/rename'(name) {
      await this.calls.rename(this.thread, name);
      tell({ did: 'rename' });
    },
    async '/close'() {
      await this.calls.close(this.thread);
      tell({ did: 'close' });
      await this.tried('close', () => this.calls.close(this.thread));
    },
    async '/reopen'() {
      await this.calls.reopen(this.thread);
      tell({ did: 'reopen' });
    },
    async '/flood'() {
      for (let i = 0; i < 40; i++) {
        if (!(await this.tried('flood', () => this.calls.say(this.client, `${i}`, {})))) return;
      }
    },
    async '/group'(id) {
      await this.tried('group', () => this.calls.say(Number(id), 'hello, group', {}));
    },
  };

  topicClosed() { tell({ saw: 'closed' }); }
  topicReopened() { tell({ saw: 'reopened' }); }
  topicRenamed(name) { tell({ saw: 'renamed', name }); }
  migrated(to) { tell({ saw: 'migration', to }); }
  blocked(status) { tell({ saw: 'membership', status }); }
}

// kinds are the kinds of messages that need no more than a copy. Animations
// have a document too, and venues a location.
const kinds = ['animation', 'audio', 'video', 'video_note', 'voice', 'sticker', 'venue', 'location', 'contact', 'dice'];

// route gives a message, in the Bot API's own form, to the part of the desk
// that it is for. Libraries whose filters do that have no need of it.
export async function route(desk, m, edited) {
  if (m.from?.id === config.me) return;
  if (m.chat.type === 'private') {
    if (edited) return desk.edited({ id: m.message_id, text: m.text, caption: m.caption });
    if (m.photo) {
      return desk.photo({ id: m.message_id, caption: m.caption, sizes: m.photo.length, group: m.media_group_id, file: m.photo.at(-1).file_id });
    }
    if (m.forward_origin) return desk.forwarded({ id: m.message_id, text: m.text, origin: m.forward_origin.type });
    const kind = kinds.find((k) => m[k]);
    if (kind) return desk.showed({ id: m.message_id, kind });
    if (m.document) return desk.document({ file: m.document.file_id, name: m.document.file_name, mime: m.document.mime_type });
    return desk.wrote({ id: m.message_id, text: m.text, entities: m.entities });
  }
  if (m.migrate_to_chat_id) return desk.migrated(m.migrate_to_chat_id);
  if (m.chat.id !== config.forum || !m.is_topic_message) return;
  if (m.forum_topic_closed) return desk.topicClosed();
  if (m.forum_topic_reopened) return desk.topicReopened();
  if (m.forum_topic_edited) return desk.topicRenamed(m.forum_topic_edited.name);
  if (!m.text) return;
  if (edited) return desk.operatorEdited({ id: m.message_id, text: m.text });
  // Every message of a topic that is no other reply replies to the topic's first.
  const reply = m.reply_to_message?.forum_topic_created ? undefined : m.reply_to_message?.message_id;
  return desk.operator({ id: m.message_id, text: m.text, replyTo: reply });
}
