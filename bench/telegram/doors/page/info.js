// About a chat: who is in it, with which rights, and what its owner can change.
import { make, button, avatar, color, moment, toast, copy } from './dom.js';
import { get, post } from './api.js';
import { show, ask, menu } from './dialog.js';
import { chooseMember, showToken } from './people.js';
import { account } from './world.js';

const words = (right) => right.replace(/^can_/, '').replace(/^is_/, '').replaceAll('_', ' ');

// Rights that one ticks for an administrator, in Telegram's order.
const RIGHTS = ['can_change_info', 'can_delete_messages', 'can_restrict_members', 'can_invite_users', 'can_pin_messages', 'can_manage_topics', 'can_manage_video_chats', 'can_promote_members', 'is_anonymous'];
const PERMISSIONS = [
  'can_send_messages', 'can_send_photos', 'can_send_videos', 'can_send_audios', 'can_send_documents', 'can_send_voice_notes', 'can_send_video_notes', 'can_send_polls',
  'can_send_other_messages', 'can_add_web_page_previews', 'can_react_to_messages', 'can_edit_tag', 'can_change_info', 'can_invite_users', 'can_pin_messages', 'can_manage_topics',
];

// chatInfo opens the dialog about a chat and keeps it right after each change.
export async function chatInfo(pane, chat) {
  const body = make('div', { class: 'body info' });
  const box = show(chat.title, body, 'wide');
  const fill = async () => {
    const { chats } = await get('chats', { as: pane.as, chat: chat.id });
    if (!chats.length && chat.kind !== 'private') { box.close(); return; }
    body.replaceChildren(...(chat.kind === 'private' ? await aboutBot(pane, chats[0] || chat, fill) : await aboutGroup(pane, chats[0], fill, box)));
    box.querySelector('h2').textContent = (chats[0] || chat).title;
  };
  await fill();
}

async function aboutBot(pane, chat, fill) {
  const payload = make('input', { placeholder: 'payload', 'aria-label': 'Payload of a start link', maxlength: 64 });
  const bot = account(chat.id);
  const start = (e) => { e.preventDefault(); e.target.closest('dialog').close(); pane.start(chat.id, payload.value.trim()); };
  return [
    make('p', { class: 'faint' }, `${bot && bot.username ? '@' + bot.username + ' · ' : ''}id ${chat.id}`),
    make('form', { class: 'row', onsubmit: start }, make('span', {}, 't.me/…?start='), payload, make('button', {}, 'Follow the link')),
    make('p', { class: 'row' },
      button(chat.blocked ? 'Unblock' : 'Block', async () => { await post('block', { as: pane.as, bot: chat.id, on: !chat.blocked }); fill(); }),
      button('Show the token', async () => showToken(chat.title, await get('token', { bot: chat.id }))),
      button('Revoke the token', async () => { const made = await post('bots/revoke', { bot: chat.id }); if (made) showToken(chat.title, made); }, { class: 'bad' })),
  ];
}

async function aboutGroup(pane, chat, fill, box) {
  const [{ members }, { permissions }, { links, requests }] = await Promise.all(['members', 'permissions', 'links'].map((what) => get(what, { chat: chat.id })));
  const change = async (what) => { const out = await post('chats/set', { as: pane.as, chat: chat.id, ...what }); await fill(); return out; };
  const act = async (user, what, more = {}) => { await post('members', { as: pane.as, chat: chat.id, user, do: what, ...more }); await fill(); };
  const toggle = (label, on, set) => make('label', { class: 'check' }, make('input', { type: 'checkbox', checked: on, onchange: (e) => set(e.target.checked) }), label);
  const name = make('input', { value: chat.title, 'aria-label': 'Title' });
  const about = [
    make('p', { class: 'faint' }, `${chat.forum ? 'forum' : chat.kind} · id ${chat.id} · you are ${chat.status}`),
    make('form', { class: 'row', onsubmit: (e) => { e.preventDefault(); change({ title: name.value.trim() }); } }, name, make('button', {}, 'Rename')),
    make('div', { class: 'row' },
      chat.kind === 'supergroup' ? toggle('Topics', chat.forum, async (on) => { await change({ forum: on }); if (on) pane.enterForum(chat.id); else { pane.leaveForum(); pane.open(chat.id, -1); } }) : '',
      toggle('Protect content', chat.protected, (on) => change({ protected: on })),
      chat.kind === 'group' ? button('Upgrade to a supergroup', async () => { const made = await change({ upgrade: true }); if (made) { box.close(); pane.enter({ chat: made.id, topic: -1 }); } }) : '',
      chat.kind === 'channel' ? '' : button('Permissions…', () => permit(permissions, change)),
      button('Leave', async () => { await post('members', { as: pane.as, chat: chat.id, user: pane.as, do: 'leave' }); box.close(); pane.refresh(); }, { class: 'bad' })),
  ];
  const rows = members.map((m) => make('li', { 'data-member': m.id }, avatar(m.name, color(m.id)),
    make('span', { class: 'grow' }, make('b', {}, m.name), make('small', {}, standing(m))),
    button('⋯', (e) => menu(e.currentTarget, memberActions(m, act), m.name), { 'aria-label': 'What to do with ' + m.name })));
  return [...about, make('h3', {}, `${members.length} members`), make('ul', { class: 'members' }, ...rows),
    button('+ Add somebody', async () => { const a = await chooseMember('Add to ' + chat.title, members.map((m) => m.id)); if (a) { await act(a.id, 'add'); toast(a.name + ' was added'); } }, { class: 'link' }),
    ...invitations(pane, chat, links || [], requests || [], fill)];
}

// invitations are the links into a group, and who has asked to join.
function invitations(pane, chat, links, requests, fill) {
  const act = async (path, what) => { await post(path, { as: pane.as, chat: chat.id, ...what }); await fill(); };
  const valid = links.filter((l) => !l.revoked);
  return [
    make('h3', {}, 'Invite links'),
    make('ul', { class: 'links' }, ...valid.map((l) => make('li', { class: 'row' }, make('span', { class: 'grow' }, l.link, make('small', {}, l.asks ? 'joining is asked for' : 'whoever has it joins')),
      button('Copy', () => copy(l.link)), button('Revoke', () => act('links', { do: 'revoke', link: l.link }), { class: 'bad' })))),
    make('p', { class: 'row' }, button('New link', () => act('links', { do: 'create' })), button('New link that asks', () => act('links', { do: 'create', approval: true }))),
    ...requests.map((id) => make('p', { class: 'row request' }, make('b', {}, (account(id) || { name: String(id) }).name), 'asks to join',
      button('Approve', () => act('requests', { user: id, approve: true })), button('Decline', () => act('requests', { user: id, approve: false })))),
  ];
}

function standing(m) {
  const held = m.rights ? Object.entries(m.rights).filter(([right, on]) => on && right !== 'can_send_media_messages').map(([right]) => words(right)) : [];
  const parts = [m.bot ? 'bot' : '', m.status, m.title];
  if (m.status === 'administrator') parts.push(held.length ? 'may ' + held.join(', ') : 'without rights');
  if (m.status === 'restricted') parts.push((held.length ? 'may ' + held.join(', ') : 'may nothing') + (m.until ? ' until ' + moment(m.until) : ''));
  return parts.filter(Boolean).join(' · ');
}

function memberActions(m, act) {
  return [
    { icon: '★', label: m.status === 'administrator' ? 'Change rights…' : 'Make administrator…', run: () => promote(m, act) },
    m.status === 'administrator' ? { icon: '☆', label: 'Make ordinary member', run: () => act(m.id, 'demote') } : null,
    { icon: '✋', label: 'Restrict…', run: () => restrict(m, act) },
    { icon: '🚫', label: 'Kick and ban', bad: true, run: () => act(m.id, 'kick') },
    { icon: '🚪', label: 'Leaves by themselves', run: () => act(m.id, 'leave') },
  ];
}

const ticked = (names, on) => names.map((n) => [n, words(n), on(n)]);

async function promote(m, act) {
  const v = await ask('Rights of ' + m.name, [
    { name: 'rights', label: 'May', type: 'checks', options: ticked(RIGHTS, (n) => (m.status === 'administrator' ? m.rights[n] : n !== 'is_anonymous')) },
    { name: 'title', label: 'Title', value: m.title },
  ], 'Save');
  if (v) act(m.id, 'promote', v);
}

async function restrict(m, act) {
  const v = await ask('Restrict ' + m.name, [{ name: 'rights', label: 'May still', type: 'checks', options: ticked(PERMISSIONS, (n) => (m.status === 'restricted' ? m.rights[n] : false)) }], 'Restrict');
  if (v) act(m.id, 'restrict', v);
}

async function permit(permissions, change) {
  const v = await ask('What members may do', [{ name: 'permissions', label: 'May', type: 'checks', options: ticked(PERMISSIONS, (n) => permissions[n]) }], 'Save');
  if (v) change(v);
}
