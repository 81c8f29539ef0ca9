// The page knows nothing of the World but what /world/ tells it; the table of
// those endpoints is in the package's documentation.
import { toast } from './dom.js';

// Refusal is why something wasn't done or told, in words for people.
export class Refusal extends Error {}

export const AWAY = 'The simulated Telegram doesn’t answer.';

async function call(method, path, data) {
  const options = { method };
  if (data && method === 'POST') {
    options.body = JSON.stringify(data);
    options.headers = { 'Content-Type': 'application/json' };
  } else if (data) {
    path += '?' + new URLSearchParams(data);
  }
  let answer, body;
  try {
    answer = await fetch('/world/' + path, options);
    body = await answer.json();
  } catch {
    throw new Refusal(AWAY);
  }
  if (!answer.ok) throw new Refusal((body.error || body.description || answer.statusText).replace(/^telegram: /, ''));
  return body;
}

export const get = (path, data) => call('GET', path, data);

let changed = () => {};

// onChange sets what is run after everything that was done here.
export function onChange(run) { changed = run; }

// post does something and shows what is wrong with it; null = it was refused.
export async function post(path, data) {
  try {
    return await call('POST', path, data);
  } catch (err) {
    toast(err.message);
    return null;
  } finally {
    changed();
  }
}

// file is the address of what a message carries, as that person may see it.
export const file = (as, chat, message) => `/world/file?${new URLSearchParams({ as, chat, message })}`;
