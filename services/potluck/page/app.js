/* Potluck's page: who comes in, and what is shown where. What it shows is read from pods, through the house of whoever is here. */
import { whoIsHere } from './house.js';
import { $, button, comeAgain, day, el, enterBy, onSubmit, openVisit, ours, say, sentenceOf, showIn, showOut, soon, speak, t, tried } from './kit.js';
import { linkedIn, makeMealPage } from './meal.js';
import words from './words.js';

const today = new Date().toISOString().slice(0, 10);
const about = await ours('/about');
speak(words, about.title);
$('diet').append(...['', 'anything', 'vegetarian', 'vegan', 'gluten_free'].map((value) => el('option', { value }, t(`diet.${value || 'unsaid'}`))));

let house = null;
let visiting = null;
let mealPage = null;

/** The visit, begun once; the next who asks tries again where it failed. */
const visit = () => (visiting ??= openVisit(house).catch((error) => { visiting = null; throw error; }));

const mealLine = ({ key, body }, persona, ...more) => el('li', {},
  el('span', {}, el('a', { href: `#${persona}/${key}`, dir: 'auto' }, body.title), ' ', el('span', { className: 'when' }, day(body.date))), ...more);

async function showMeals() {
  const meals = await house.query('meals', { order: ['date'], first: 200 });
  const coming = meals.filter(({ body }) => body.date >= today);
  const past = meals.filter(({ body }) => body.date < today).reverse();
  $('no-meals').hidden = meals.length > 0;
  $('coming').replaceChildren(...coming.map((one) => mealLine(one, house.persona)));
  $('past').hidden = past.length === 0;
  $('past').lastElementChild.replaceChildren(...past.map((one) => mealLine(one, house.persona)));
}

async function showInbox() {
  const sent = await house.query('inbox', { order: ['date'], where: { date: { gte: today } }, first: 100 });
  $('inbox').hidden = sent.length === 0;
  $('inbox').lastElementChild.replaceChildren(...sent.map(({ key, author, body }) => {
    const line = mealLine({ key: body.meal, body }, author, button(t('inbox.away'), () => {
      line.hidden = true;
      soon(t('inbox.gone'), async () => { await house.remove('inbox', { $key: { eq: key } }); await showInbox(); }, () => { line.hidden = false; });
    }, { of: body.title }));
    return line;
  }));
}

async function showMe() {
  const [me] = await house.query('profile');
  $('nameless').hidden = me !== undefined;
  if (me) { $('name').value = me.body.name; $('diet').value = me.body.diet ?? ''; }
}

/** What Potluck may know of everybody: it asks the pods, and says numbers. Without it the rest of the page works as well. */
async function showTable() {
  const { version, outgrown, ask } = await visit();
  $('again').hidden = !outgrown;
  $('newer').hidden = version >= about.version;
  $('allergens-too').hidden = version < 2;
  const { members, silent, busy, diets, dishes, answers } = await ask('/table');
  $('table').textContent = [
    t('table.members', { n: members }), busy.length > 0 ? t('table.taken', { days: busy.map(({ date }) => day(date, { day: 'numeric', month: 'short' })).join(', ') }) : t('table.free'),
    dishes > 0 && t('table.dishes', { n: dishes }), answers.yes > 0 && t('table.coming', { n: answers.yes }), silent > 0 && t('table.silent', { n: silent }),
  ].filter(Boolean).join(' ');
  $('diets').replaceChildren(...Object.entries(diets).map(([diet, n]) => el('span', { className: 'chip' }, t('table.eats', { n, diet: t(`diet.${diet}`) }))));
}

const tableIfItCan = () => showTable().catch((error) => {
  if (error.code === 'let_go') throw error;
  $('table').textContent = t('table.away');
  say(sentenceOf(error));
});

/** All lists, or one meal above the rest, as the address says. */
async function show() {
  const linked = linkedIn(location.hash);
  for (const id of ['meals', 'plan']) $(id).hidden = linked !== null;
  $('meal').hidden = linked === null;
  if (linked) await mealPage.show(linked);
  else await Promise.all([showMeals(), showInbox()]);
}

onSubmit('new-meal', async () => {
  const said = (id) => ($(id).value.trim() && !$(id).closest('[hidden]') ? { [id]: $(id).value.trim() } : {});
  const { items: [{ key }] } = await house.put('meals', { body: { title: $('title').value.trim(), date: $('date').value, ...said('place'), ...said('note'), ...said('allergens'), createdAt: Date.now() } });
  $('new-meal').reset();
  location.hash = `#${house.persona}/${key}`;
  await tableIfItCan();
  say(t('plan.done'));
});
$('again').querySelector('button').onclick = () => tried(() => comeAgain(house, about));
onSubmit('profile', async () => {
  await house.put('profile', { key: 'self', body: { name: $('name').value.trim(), ...($('diet').value && { diet: $('diet').value }) } });
  $('nameless').hidden = true;
  await tableIfItCan();
  say(t('you.kept'));
});

// Whoever is quick has gone on before everything is there.
addEventListener('hashchange', () => { if (mealPage) void tried(show); });
document.addEventListener('visibilitychange', () => { if (mealPage && document.visibilityState === 'visible' && !document.querySelector(':focus:is(input, textarea, select)')) void tried(show); });

const invited = linkedIn(location.hash);
$('invited').hidden = invited === null;
$('invited').textContent = t('invited');
enterBy($('enter'), about, invited?.house ?? null);
await tried(async () => {
  house = await whoIsHere();
  if (house === null) return;
  mealPage = makeMealPage({ house, place: $('meal'), away: () => { location.hash = ''; }, changed: tableIfItCan, version: () => visit().then((begun) => begun.version, () => 1), ask: (route, body) => visit().then((begun) => begun.ask(route, body)) });
  showIn(house);
  $('newer').querySelector('a').href = house.page;
  await Promise.all([show(), showMe(), tableIfItCan()]);
});
if (house === null) showOut();
