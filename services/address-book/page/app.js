import { goIn, random, whoIsHere } from './house.js';

const $ = (id) => document.getElementById(id);
const say = (text) => { $('said').textContent = text; };
const KINDS = { name: 'Name', handle: 'Handle', interest: 'Interest', email_hash: 'E-mail address' };
const AUDIENCES = { members: 'everyone who joined', everyone: 'everyone', linked: 'my friends', 'only-me': 'nobody but me' };

async function tried(act) {
  say('');
  try { await act(); } catch (error) { say(error.message); }
}
const onSubmit = (id, act) => { $(id).onsubmit = (event) => { event.preventDefault(); void tried(act); }; };

async function ours(path, body) {
  const answer = await fetch(path, { method: 'POST', body: JSON.stringify(body) });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.detail);
  return said;
}

/** Addresses never leave this page: what is looked for, and kept, is a hash. */
async function meant(kind, value) {
  if (kind !== 'email_hash') return value.trim();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`commonhold-address-book:${value.trim().toLowerCase()}`)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const about = await (await fetch('/about')).json();
let house = null;
let token;

async function showMine() {
  const lines = await house.query('facts', { order: ['kind'] });
  $('lines').replaceChildren(...lines.map(({ key, body, audience }) => {
    const made = document.createElement('li');
    const drop = document.createElement('button');
    drop.textContent = 'Take out';
    drop.className = 'plain';
    drop.onclick = () => tried(async () => { await house.remove('facts', { $key: { eq: key } }); await ours('/lines', { token }); await showMine(); });
    made.append(`${KINDS[body.kind]}: ${body.kind === 'email_hash' ? '(hash)' : body.value}, for ${AUDIENCES[audience] ?? audience} `, drop);
    return made;
  }));
}

onSubmit('find', async () => {
  const kind = $('by').value;
  const { people } = await ours('/search', { kind, value: await meant(kind, $('wanted').value), ...(token && { token }) });
  $('people').replaceChildren(...people.map(({ house: where, persona, lines }) => {
    const made = document.createElement('li');
    const link = document.createElement('a');
    link.href = `${where}/@${persona}`;
    link.textContent = new URL(where).host;
    made.append(lines.map(({ kind: one, value }) => `${KINDS[one]}: ${value}`).join(', ') || 'Somebody', ' at ', link);
    return made;
  }));
  say(people.length === 0 ? 'Nobody says this of themselves here.' : '');
});
onSubmit('enter', () => goIn($('house').value, about.service, about.bundles.join(' ')));
onSubmit('add', async () => {
  const kind = $('kind').value;
  await house.put('facts', { audience: $('audience').value, body: { kind, value: await meant(kind, $('value').value), createdAt: Date.now() } });
  await ours('/lines', { token });
  $('add').reset();
  await showMine();
  say('It is in.');
});
$('go').onclick = () => tried(async () => { await house.leave(); location.assign('/'); });

$('house').value = about.houses[0] ?? '';
await tried(async () => {
  house = await whoIsHere();
  if (house === null) return;
  const secret = random();
  await house.put('visit', { key: 'self', body: { secret, createdAt: Date.now() } });
  ({ token } = await ours('/visits', { house: house.house, persona: house.persona, secret }));
  $('in').hidden = false;
  await showMine();
});
$('out').hidden = house !== null;
