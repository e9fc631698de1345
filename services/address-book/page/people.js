/* Who was found: what each of them says to whoever looked. */
import { $, button, el, t } from './kit.js';

const MOST = 20;

/** Shows people. `mine`: for whoever is in, friends and how one makes one. */
export async function showPeople(people, house, mine) {
  const found = await Promise.all(people.map((one) => withMore(one, house)));
  $('found').hidden = false;
  $('t-found').textContent = found.length === 0 ? t('found.none') : t('found', { n: found.length });
  $('people').replaceChildren(...found.map((one) => el('li', {}, personOf(one), own(one, house, mine))),
    ...(found.length >= MOST ? [el('li', { className: 'quiet' }, t('found.more'))] : []), ...(house === null ? [el('li', { className: 'quiet' }, t('found.out'))] : []));
  $('t-found').focus();
}

/** In one's own house a pod says itself what is for friends; the book knows nothing of that. */
async function withMore(person, house) {
  if (house === null || person.house !== house.house) return person;
  const own = await house.query('facts', { first: 100 }, person.persona).catch(() => []);
  const lines = own.map(({ body }) => body).filter(({ kind }) => kind !== 'email_hash');
  return lines.length > 0 ? { ...person, lines } : person;
}

const valuesOf = ({ lines }, kind) => [...new Set(lines.filter((line) => line.kind === kind).map(({ value }) => value))];
const nameOf = (person) => valuesOf(person, 'name')[0] ?? valuesOf(person, 'handle')[0] ?? t('found.nameless');

function personOf(person) {
  const [, ...names] = valuesOf(person, 'name');
  const handles = valuesOf(person, 'handle');
  const interests = valuesOf(person, 'interest');
  return el('div', { className: 'person' }, el('span', { className: 'name', dir: 'auto' }, nameOf(person)),
    el('span', { className: 'quiet' }, [...names, t('found.at', { house: new URL(person.house).host })].join(' · ')),
    handles.length > 0 ? el('span', { className: 'row' }, ...handles.map((one) => handleOf(one, person.house))) : null,
    interests.length > 0 ? el('span', { className: 'chips' }, ...interests.map((one) => el('span', { className: 'chip', dir: 'auto' }, one))) : null);
}

/** Leads to the page of whoever has this handle in the house that the line came from; of another house it is only what they say. */
function handleOf(said, house) {
  const [handle, host] = said.split('@');
  const there = /^[\w.-]{1,64}$/.test(handle) && (host === undefined || host === new URL(house).host);
  return there ? el('a', { href: `${house}/@${handle}`, rel: 'noreferrer' }, `@${said}`) : el('span', { dir: 'auto' }, `@${said}`);
}

function own(person, house, mine) {
  if (mine === null) return null;
  if (person.persona === house.persona) return el('span', { className: 'quiet' }, t('found.self'));
  // So far a pod knows friends of its own house alone.
  if (person.house !== house.house || mine.friends.has(person.persona)) return null;
  const name = nameOf(person);
  const made = button(t('friend.add'), async () => { await mine.befriend(person.persona, name); made.remove(); }, { of: name });
  return made;
}
