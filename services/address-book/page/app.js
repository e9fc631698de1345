/* The Address Book's page: whoever comes finds people; whoever is in says what they are found by, and by whom. */
import { whoIsHere } from './house.js';
import { $, button, el, enterBy, onSubmit, openVisit, ours, say, showIn, showOut, soon, speak, t, tried } from './kit.js';
import { showPeople } from './people.js';
import words from './words.js';

const KINDS = ['name', 'handle', 'interest', 'email_hash'];
const AUDIENCES = ['members', 'everyone', 'linked', 'only-me'];

/** Addresses never leave this page: what is looked for, and kept, is a hash. */
async function meant(kind, typed) {
  if (kind === 'handle') return typed.trim().replace(/^@/, '');
  if (kind !== 'email_hash') return typed.trim();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`commonhold-address-book:${typed.trim().toLowerCase()}`)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const about = await ours('/about');
speak(words, about.title);
const kinds = () => KINDS.map((value) => el('option', { value }, t(`kind.${value}`)));
const audiences = () => AUDIENCES.map((value) => el('option', { value }, t(`for.${value}`)));
$('by').append(...kinds());
$('kind').append(...kinds());
$('audience').append(...audiences());

/** What is typed fits what was chosen. */
function follow(select, input, hint, find) {
  const fit = () => {
    const kind = select.value;
    input.type = kind === 'email_hash' ? 'email' : 'text';
    hint.textContent = t(find && kind === 'email_hash' ? 'hint.find.email_hash' : `hint.${kind}`);
  };
  select.onchange = fit;
  fit();
}
follow($('by'), $('wanted'), $('by-hint'), true);
follow($('kind'), $('value'), $('kind-hint'), false);

let house = null;
let visiting = null;

/** The visit, begun once; the next who asks tries again where it failed. */
const visit = () => (visiting ??= openVisit(house).catch((error) => { visiting = null; throw error; }));
/** Lines are put into one's own pod first; then the book is told to look. */
const tell = async () => (await visit()).ask('/lines');

async function showMine() {
  const lines = await house.query('facts', { order: ['kind', '$at'], first: 100 });
  $('no-lines').hidden = lines.length > 0;
  $('lines').replaceChildren(...lines.map(lineOf));
}

function lineOf({ key, body, audience }) {
  const { kind, value } = body;
  const what = kind === 'email_hash' ? t('what.email_hash') : value;
  const who = el('select', { 'aria-label': t('line.for', { what }), onchange: () => tried(async () => {
    await house.put('facts', { key, audience: who.value, body });
    await tell();
    say(t('line.for.done', { who: t(`for.${who.value}`) }));
  }) }, ...audiences());
  who.value = audience;
  const made = el('li', {}, el('span', { className: 'line' }, el('span', { className: 'quiet' }, t(`kind.${kind}`)), el('span', { dir: 'auto' }, what)), who, button(t('line.out'), () => {
    made.hidden = true;
    soon(t('line.gone', { what }), async () => { await house.remove('facts', { $key: { eq: key } }); await tell(); await showMine(); }, () => { made.hidden = false; });
  }, { of: what }));
  return made;
}

async function showFriends() {
  const friends = await house.query('friends', { first: 200 });
  $('friends').hidden = friends.length === 0;
  $('friends').lastElementChild.replaceChildren(...friends.map(({ key, body }) => {
    const name = body.note ?? t('found.nameless');
    return el('li', {}, el('span', { dir: 'auto' }, name), button(t('friend.end'), async () => {
      await house.remove('friends', { $key: { eq: key } });
      await showFriends();
      say(t('friend.ended', { name }));
    }, { of: name }));
  }));
  return new Set(friends.map(({ body }) => body.persona));
}

async function befriend(persona, name) {
  await house.put('friends', { body: { persona, relation: 'friend', note: name.slice(0, 200), createdAt: Date.now() } });
  await showFriends();
  say(t('friend.added', { name }));
}

onSubmit('find', async () => {
  const kind = $('by').value;
  const asked = { kind, value: await meant(kind, $('wanted').value) };
  const { people } = house ? await (await visit()).ask('/search', asked) : await ours('/search', asked);
  await showPeople(people, house, house ? { befriend, friends: await showFriends() } : null);
});
onSubmit('add', async () => {
  const kind = $('kind').value;
  await house.put('facts', { audience: $('audience').value, body: { kind, value: await meant(kind, $('value').value), createdAt: Date.now() } });
  $('value').value = '';
  await showMine();
  await tell();
  say(t('add.done'));
});

enterBy($('enter'), about);
await tried(async () => {
  house = await whoIsHere();
  if (house === null) return;
  showIn(house);
  await Promise.all([showMine(), showFriends(), visit()]);
});
if (house === null) showOut();
