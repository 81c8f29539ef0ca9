// The desk as a bot of node-telegram-bot-api.
import { webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { Bot, InputFile, TelegramApiError } from 'node-telegram-bot-api';
import { createWebhookServer, run } from 'node-telegram-bot-api/node';
import { Desk, allowedUpdates, commands, config, route, tell } from './desk.mjs';

globalThis.crypto ??= webcrypto; // Node 18 has it under this name only

// Without maxRetries it would wait out a flood by itself.
const bot = new Bot(config.token, { apiRoot: config.root, maxRetries: 0 });
const { api } = bot;
const { forum } = config;
const input = (bytes, filename) => new InputFile(bytes, { filename });

const desk = new Desk({
  topic: async (name) => (await api.createForumTopic({ chat_id: forum, name })).message_thread_id,
  copy: async (from, thread, id) =>
    (await api.copyMessage({ chat_id: forum, message_thread_id: thread, from_chat_id: from, message_id: id })).message_id,
  say: (chat, text, { html, markdown, replyTo, buttons }) => api.sendMessage({
    chat_id: chat,
    text,
    parse_mode: html ? 'HTML' : markdown ? 'MarkdownV2' : undefined,
    reply_parameters: replyTo ? { message_id: replyTo } : undefined,
    reply_markup: buttons,
  }),
  album: (chat, thread, media) => api.sendMediaGroup({
    chat_id: chat,
    message_thread_id: thread || undefined,
    media: media.map((m) => ({ type: 'photo', media: m.media ?? input(m.upload, m.name), caption: m.caption })),
  }),
  upload: (chat, thread, name, bytes) => api.sendDocument({ chat_id: chat, message_thread_id: thread, document: input(bytes, name) }),
  download: async (id) => {
    const file = await api.getFile({ file_id: id });
    const res = await fetch(`${config.root}/file/bot${config.token}/${file.file_path}`);
    return { bytes: new Uint8Array(await res.arrayBuffer()), size: file.file_size };
  },
  editText: (chat, id, text) => api.editMessageText({ chat_id: chat, message_id: id, text }),
  editCaption: (chat, id, caption) => api.editMessageCaption({ chat_id: chat, message_id: id, caption }),
  editButtons: (chat, id, buttons) => api.editMessageReplyMarkup({ chat_id: chat, message_id: id, reply_markup: buttons }),
  react: (chat, id, emoji) => api.setMessageReaction({ chat_id: chat, message_id: id, reaction: [{ type: 'emoji', emoji }] }),
  close: (thread) => api.closeForumTopic({ chat_id: forum, message_thread_id: thread }),
  reopen: (thread) => api.reopenForumTopic({ chat_id: forum, message_thread_id: thread }),
  rename: (thread, name) => api.editForumTopic({ chat_id: forum, message_thread_id: thread, name }),
  failure: (err) => {
    if (!(err instanceof TelegramApiError)) throw err;
    return { code: err.errorCode, description: err.description, retry: err.retryAfter, migrate: err.migrateToChatId };
  },
});

bot.command('start', (ctx) => desk.started({ chat: ctx.chatId, id: ctx.message.message_id, payload: ctx.match, name: ctx.from.first_name }));
bot.on('message', (ctx) => route(desk, ctx.message, false));
bot.on('edited_message', (ctx) => route(desk, ctx.editedMessage, true));
bot.on('callback_query', (ctx) => desk.pressed({
  chat: ctx.callbackQuery.message.chat.id,
  id: ctx.callbackQuery.message.message_id,
  data: ctx.callbackQuery.data,
  answer: (text) => ctx.answerCallbackQuery({ text }),
}));
bot.on('message_reaction', (ctx) => {
  const { chat, message_id, new_reaction } = ctx.update.message_reaction;
  return desk.reacted({ chat: chat.id, id: message_id, emoji: new_reaction[0]?.emoji });
});
bot.on('my_chat_member', (ctx) => {
  const { chat, new_chat_member } = ctx.update.my_chat_member;
  return chat.type === 'private' && desk.blocked(new_chat_member.status);
});
bot.catch((err) => tell({ bug: String(err?.stack ?? err) }));

tell({ saw: 'me', username: (await api.getMe()).username });
await api.setMyCommands({ commands });
if (config.webhook) {
  const server = createWebhookServer(bot, { path: '/hook', secretToken: config.secret });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  await api.setWebhook({
    url: `http://127.0.0.1:${server.address().port}/hook`, secret_token: config.secret, allowed_updates: allowedUpdates,
  });
  process.once('SIGTERM', () => { server.close(); server.closeAllConnections(); });
} else {
  await api.deleteWebhook({});
  await run(bot, { allowedUpdates });
}
