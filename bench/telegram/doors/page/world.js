// What the whole page knows: who is who, and what was read.
import { get } from './api.js';

export const ALL = -1; // every topic, and chats without topics

export const world = {
  stage: null, // GET /world/stage
  now: 0, // the simulated time, unix seconds
  opened: 0, // that time when the page was opened
};

const met = new Map(); // accounts that the stage doesn't name

export function meet(account) { met.set(account.id, account); }

export function account(id) {
  return world.stage.accounts.find((a) => a.id === id) || met.get(id);
}

// role is what somebody is on this stage, in a word.
export function role(id) {
  const { client, operators } = world.stage;
  if (operators[0] === id) return 'administrator';
  if (operators.includes(id)) return 'operator';
  return id === client ? 'client' : '';
}

const read = new Map(); // "person/chat/topic" → messages seen

// unread counts what came since the page was opened and wasn't looked at.
export function unread(as, chat, topic, line, open) {
  const key = `${as}/${chat}/${topic}`;
  if (open && !document.hidden) read.set(key, line.messages);
  if (!read.has(key)) read.set(key, line.last && line.last.date < world.opened ? line.messages : 0);
  return Math.max(0, line.messages - read.get(key));
}

export async function loadStage() {
  const stage = await get('stage');
  if (world.stage && world.stage.run !== stage.run) {
    location.reload(); // another Telegram, of which nothing here is true
    await new Promise(() => {});
  }
  world.stage = stage;
  const { now } = await get('time');
  world.now = Date.parse(now) / 1000;
  world.opened ||= Math.floor(world.now);
}
