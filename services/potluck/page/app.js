import { goIn, random, whoIsHere } from './house.js';

const $ = (id) => document.getElementById(id);
const say = (text) => { $('said').textContent = text; };
const li = (text, ...more) => { const made = document.createElement('li'); made.append(text, ...more); return made; };
const button = (text, act) => { const made = document.createElement('button'); made.textContent = text; made.className = 'plain'; made.onclick = () => tried(act); return made; };
const day = (date) => new Date(`${date}T12:00:00Z`).toLocaleDateString(undefined, { weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC' });

/** Does something and says in a sentence when it fails. */
async function tried(act) {
  say('');
  try { await act(); } catch (error) { say(error.status === 404 ? 'This is not there, or not for you.' : error.message); }
}

const onSubmit = (id, act) => { $(id).onsubmit = (event) => { event.preventDefault(); void tried(() => act(event)); }; };
const ours = async (path, body) => {
  const answer = await fetch(path, { method: 'POST', body: JSON.stringify(body) });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.detail);
  return said;
};

const about = await (await fetch('/about')).json();
let house = null;
let token = null;
let open = null;

/** The proof that this pod is mine: a secret that I put there and Potluck reads. */
async function visit() {
  const secret = random();
  await house.put('visit', { key: 'self', body: { secret, createdAt: Date.now() } });
  ({ token } = await ours('/visits', { house: house.house, persona: house.persona, secret }));
}

async function showTable() {
  const { members, busy, diets, dishes } = await ours('/table', { token });
  const eat = Object.entries(diets).map(([diet, n]) => `${n} ${diet.replace('_', ' ')}`).join(', ');
  $('table').textContent = [`${members} at the table.`, busy.length ? `Taken: ${busy.map(({ date }) => day(date)).join(', ')}.` : 'Every day is free.', eat && `To cook for: ${eat}.`, dishes && `${dishes} dishes are promised.`].filter(Boolean).join(' ');
}

async function showMine() {
  const [meals, inbox, [me]] = await Promise.all([house.query('meals', { order: ['date'] }), house.query('inbox'), house.query('profile')]);
  $('meals').replaceChildren(...meals.map(({ key, body }) => li(`${body.title}, ${day(body.date)} `,
    button('Look', () => show(house.persona, key)), button('Drop', async () => { await house.remove('meals', { $key: { eq: key } }); await showMine(); }))));
  $('inbox').replaceChildren(...inbox.map(({ author, body }) => li(`${body.title}, ${day(body.date)} `, button('Look', () => show(author, body.meal)))));
  if (me) { $('name').value = me.body.name; $('diet').value = me.body.diet ?? 'anything'; }
}

/** One meal, in the pod of whoever gives it. */
async function show(persona, key) {
  const { body } = await house.get('meals', key, persona);
  const [dishes, answers] = await Promise.all([house.query('dishes', { where: { meal: { eq: key } } }, persona), house.query('rsvps', { where: { meal: { eq: key } } }, persona)]);
  open = { persona, key };
  $('meal').hidden = false;
  $('t-meal').textContent = body.title;
  $('when').textContent = [day(body.date), body.place, body.note, answers.length && `${answers.filter((one) => one.body.answer === 'yes').length} said yes`].filter(Boolean).join(' · ');
  $('dishes').replaceChildren(...dishes.map((dish) => li(dish.body.name)));
  $('link').value = `${location.origin}/#${persona}/${key}`;
}

onSubmit('enter', () => goIn($('house').value, about.service, about.bundles.join(' ')));
onSubmit('new-meal', async () => {
  await house.put('meals', { body: { title: $('title').value, date: $('date').value, ...($('note').value && { note: $('note').value }), createdAt: Date.now() } });
  $('new-meal').reset();
  await Promise.all([showMine(), showTable()]);
  say('It is planned.');
});
onSubmit('new-dish', async () => {
  await house.put('dishes', { body: { meal: open.key, name: $('dish').value, createdAt: Date.now() } }, open.persona);
  $('new-dish').reset();
  await show(open.persona, open.key);
  say('You bring it.');
});
onSubmit('answer', async ({ submitter }) => {
  await house.put('rsvps', { body: { meal: open.key, answer: submitter.value, createdAt: Date.now() } }, open.persona);
  await show(open.persona, open.key);
  say('They know.');
});
onSubmit('profile', async () => { await house.put('profile', { key: 'self', body: { name: $('name').value, diet: $('diet').value } }); say('Kept.'); });
$('go').onclick = () => tried(async () => { await house.leave(); location.assign('/'); });

$('houses').replaceChildren(...about.houses.map((one) => { const made = document.createElement('option'); made.value = one; return made; }));
$('house').value = about.houses[0] ?? '';
await tried(async () => {
  house = await whoIsHere();
  if (house === null) return;
  await visit();
  $('in').hidden = false;
  await showMine();
  await showTable();
  const [, persona, key] = /^#(c[a-z2-7]{52})\/(.+)$/.exec(location.hash) ?? [];
  if (persona) await show(persona, key);
});
$('out').hidden = house !== null;
