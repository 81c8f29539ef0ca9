// The page knows nothing of the World but what /world/ tells it; the table of
// those endpoints is in the package's documentation.
import { toast } from './dom.js';

async function call(method, path, data) {
  const options = { method };
  if (data && method === 'POST') {
    options.body = JSON.stringify(data);
    options.headers = { 'Content-Type': 'application/json' };
  } else if (data) {
    path += '?' + new URLSearchParams(data);
  }
  const answer = await fetch('/world/' + path, options);
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error || body.description || answer.statusText);
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
    toast(err.message.replace(/^telegram: /, ''));
    return null;
  } finally {
    changed();
  }
}

// file is the address of what a message carries, as that person may see it.
export const file = (as, chat, message) => `/world/file?${new URLSearchParams({ as, chat, message })}`;
