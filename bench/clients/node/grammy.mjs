// The desk as a bot of grammY.
import http from 'node:http';
import { Bot, GrammyError, InputFile, webhookCallback } from 'grammy';
import { Desk, allowedUpdates, commands, config, route, tell } from './desk.mjs';

const bot = new Bot(config.token, {
  client: { apiRoot: config.root, canUseWebhookReply: (method) => method === 'answerCallbackQuery' },
});
const { api } = bot;
const { forum } = config;

const desk = new Desk({
  topic: async (name) => (await api.createForumTopic(forum, name)).message_thread_id,
  copy: async (from, thread, id) => (await api.copyMessage(forum, from, id, { message_thread_id: thread })).message_id,
  say: (chat, text, { html, markdown, replyTo, buttons }) => api.sendMessage(chat, text, {
    parse_mode: html ? 'HTML' : markdown ? 'MarkdownV2' : undefined,
    reply_parameters: replyTo ? { message_id: replyTo } : undefined,
    reply_markup: buttons,
  }),
  album: (chat, thread, media) => api.sendMediaGroup(chat, media.map((m) => ({
    type: 'photo', media: m.media ?? new InputFile(m.upload, m.name), caption: m.caption,
  })), thread ? { message_thread_id: thread } : {}),
  upload: (chat, thread, name, bytes) => api.sendDocument(chat, new InputFile(bytes, name), { message_thread_id: thread }),
  download: async (id) => {
    const file = await api.getFile(id);
    const res = await fetch(`${config.root}/file/bot${config.token}/${file.file_path}`);
    return { bytes: new Uint8Array(await res.arrayBuffer()), size: file.file_size };
  },
  editText: (chat, id, text) => api.editMessageText(chat, id, text),
  editCaption: (chat, id, caption) => api.editMessageCaption(chat, id, { caption }),
  editButtons: (chat, id, buttons) => api.editMessageReplyMarkup(chat, id, { reply_markup: buttons }),
  react: (chat, id, emoji) => api.setMessageReaction(chat, id, [{ type: 'emoji', emoji }]),
  close: (thread) => api.closeForumTopic(forum, thread),
  reopen: (thread) => api.reopenForumTopic(forum, thread),
  rename: (thread, name) => api.editForumTopic(forum, thread, { name }),
  failure: (err) => {
    if (!(err instanceof GrammyError)) throw err;
    return { code: err.error_code, description: err.description, retry: err.parameters.retry_after, migrate: err.parameters.migrate_to_chat_id };
  },
});

bot.chatType('private').command('start', (ctx) =>
  desk.started({ chat: ctx.chatId, id: ctx.msgId, payload: ctx.match, name: ctx.from.first_name }));
bot.on('message', (ctx) => route(desk, ctx.message, false));
bot.on('edited_message', (ctx) => route(desk, ctx.editedMessage, true));
bot.on('callback_query:data', (ctx) =>
  desk.pressed({ chat: ctx.chatId, id: ctx.msgId, data: ctx.callbackQuery.data, answer: (text) => ctx.answerCallbackQuery({ text }) }));
bot.on('message_reaction', (ctx) =>
  desk.reacted({ chat: ctx.chatId, id: ctx.messageReaction.message_id, emoji: ctx.reactions().emojiAdded[0] }));
bot.chatType('private').on('my_chat_member', (ctx) => desk.blocked(ctx.myChatMember.new_chat_member.status));
bot.catch((err) => tell({ bug: String(err.error?.stack ?? err) }));

await bot.init();
tell({ saw: 'me', username: bot.botInfo.username });
await api.setMyCommands(commands);
if (config.webhook) {
  const server = http.createServer(webhookCallback(bot, 'http', { secretToken: config.secret }));
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  await api.setWebhook(`http://127.0.0.1:${server.address().port}/hook`, { secret_token: config.secret, allowed_updates: allowedUpdates });
  process.once('SIGTERM', () => { server.close(); server.closeAllConnections(); });
} else {
  await api.deleteWebhook();
  process.once('SIGTERM', () => bot.stop());
  await bot.start({ allowed_updates: allowedUpdates });
}
