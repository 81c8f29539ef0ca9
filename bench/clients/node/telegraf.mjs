// The desk as a bot of telegraf.
import http from 'node:http';
import { Input, Telegraf, TelegramError } from 'telegraf';
import { Desk, allowedUpdates, commands, config, route, tell } from './desk.mjs';

const bot = new Telegraf(config.token, { telegram: { apiRoot: config.root } });
const tg = bot.telegram;
const { forum } = config;
const input = (bytes, name) => Input.fromBuffer(Buffer.from(bytes), name);

const desk = new Desk({
  topic: async (name) => (await tg.createForumTopic(forum, name)).message_thread_id,
  copy: async (from, thread, id) => (await tg.copyMessage(forum, from, id, { message_thread_id: thread })).message_id,
  say: (chat, text, { html, markdown, replyTo, buttons }) => tg.sendMessage(chat, text, {
    parse_mode: html ? 'HTML' : markdown ? 'MarkdownV2' : undefined,
    reply_parameters: replyTo ? { message_id: replyTo } : undefined,
    reply_markup: buttons,
  }),
  album: (chat, thread, media) => tg.sendMediaGroup(chat, media.map((m) => ({
    type: 'photo', media: m.media ?? input(m.upload, m.name), caption: m.caption,
  })), thread ? { message_thread_id: thread } : {}),
  upload: (chat, thread, name, bytes) => tg.sendDocument(chat, input(bytes, name), { message_thread_id: thread }),
  download: async (id) => {
    const file = await tg.getFile(id);
    const res = await fetch(await tg.getFileLink(file));
    return { bytes: new Uint8Array(await res.arrayBuffer()), size: file.file_size };
  },
  editText: (chat, id, text) => tg.editMessageText(chat, id, undefined, text),
  editCaption: (chat, id, caption) => tg.editMessageCaption(chat, id, undefined, caption),
  editButtons: (chat, id, buttons) => tg.editMessageReplyMarkup(chat, id, undefined, buttons),
  react: (chat, id, emoji) => tg.setMessageReaction(chat, id, [{ type: 'emoji', emoji }]),
  close: (thread) => tg.closeForumTopic(forum, thread),
  reopen: (thread) => tg.reopenForumTopic(forum, thread),
  rename: (thread, name) => tg.editForumTopic(forum, thread, { name }),
  failure: (err) => {
    if (!(err instanceof TelegramError)) throw err;
    return { code: err.code, description: err.description, retry: err.parameters?.retry_after, migrate: err.parameters?.migrate_to_chat_id };
  },
});

bot.start((ctx) => desk.started({ chat: ctx.chat.id, id: ctx.message.message_id, payload: ctx.payload, name: ctx.from.first_name }));
bot.on('message', (ctx) => route(desk, ctx.message, false));
bot.on('edited_message', (ctx) => route(desk, ctx.editedMessage, true));
bot.on('callback_query', (ctx) => desk.pressed({
  chat: ctx.chat.id, id: ctx.callbackQuery.message.message_id, data: ctx.callbackQuery.data, answer: (text) => ctx.answerCbQuery(text),
}));
bot.on('message_reaction', (ctx) =>
  desk.reacted({ chat: ctx.chat.id, id: ctx.messageReaction.message_id, emoji: ctx.messageReaction.new_reaction[0]?.emoji }));
bot.on('my_chat_member', (ctx) => ctx.chat.type === 'private' && desk.blocked(ctx.myChatMember.new_chat_member.status));
bot.catch((err) => tell({ bug: String(err?.stack ?? err) }));

bot.botInfo = await tg.getMe();
tell({ saw: 'me', username: bot.botInfo.username });
await tg.setMyCommands(commands);
if (config.webhook) {
  const server = http.createServer(bot.webhookCallback('/hook', { secretToken: config.secret }));
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  await tg.setWebhook(`http://127.0.0.1:${server.address().port}/hook`, { secret_token: config.secret, allowed_updates: allowedUpdates });
  process.once('SIGTERM', () => { server.close(); server.closeAllConnections(); });
} else {
  process.once('SIGTERM', () => bot.stop('SIGTERM'));
  await bot.launch({ allowedUpdates });
}
