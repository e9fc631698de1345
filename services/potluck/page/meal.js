/* One meal, in the pod of whoever gives it: what it is, who comes, what is on the table, which other days would suit. */
import { $, button, day, el, failure, onSubmit, say, soon, t } from './kit.js';

const DIETS = ['', 'anything', 'vegetarian', 'vegan', 'gluten_free'];

/** The meal of an address: `#persona/key`, of a link also its house; null for none. */
export function linkedIn(hash) {
  const [, persona, key, house] = /^#(c[a-z2-7]{52})\/([\w.~/-]+?)(?:@(.+))?$/.exec(hash) ?? [];
  return persona === undefined ? null : { persona, key, house: house === undefined ? null : URL.parse(decodeURIComponent(house))?.origin ?? null };
}

/** The place where a meal is shown. `away`: back to all; `changed`: something that the common table counts has become another; `version`: of the contract that one holds to; `ask`: a route of Potluck's. */
export function makeMealPage({ house, place, away, changed, version, ask }) {
  const names = new Map([[house.persona, Promise.resolve(t('you'))]]);
  /** What somebody calls themselves at the table; in another house, or not saying, they are somebody. */
  const nameOf = (persona) => {
    if (!names.has(persona)) names.set(persona, house.query('profile', {}, persona).then(([found]) => found?.body.name ?? t('somebody'), () => t('somebody')));
    return names.get(persona);
  };
  const all = async (collection, { persona, key }) => house.query(collection, { where: { meal: { eq: key } }, first: 200 }, persona);
  const of = { house, nameOf, all, changed, version, ask };

  const show = async (linked) => {
    if (linked.house !== null && linked.house !== house.house) throw failure('elsewhere', { detail: t('meal.elsewhere', { house: new URL(linked.house).host }) });
    const { body } = await house.get('meals', linked.key, linked.persona);
    const meal = { ...linked, body, mine: linked.persona === house.persona, again: () => show(linked) };
    const parts = await Promise.all([meal.mine ? guestsOf(meal, of) : answerOf(meal, of), dishesOf(meal, of), daysOf(meal, of)]);
    const drop = () => {
      place.hidden = true;
      soon(t('meal.dropped', { title: body.title }), async () => { await dropped(house, meal); await changed(); away(); }, () => { place.hidden = false; });
    };
    place.replaceChildren(
      el('p', {}, el('a', { href: '#' }, `← ${t('meal.back')}`)), ...factsOf(meal),
      ...(meal.mine ? [el('div', { className: 'row' }, button(t('meal.change'), () => changeIn(place, meal, house)), button(t('meal.drop'), drop))] : []),
      ...(meal.mine ? [shareOf(meal, house)] : []), ...parts.filter((part) => part !== null));
    place.hidden = false;
  };
  return { show };
}

const factsOf = ({ body, mine }) => [
  el('h2', { id: 't-meal', dir: 'auto' }, body.title), el('p', { className: 'big' }, day(body.date)),
  ...(body.place ? [el('p', { dir: 'auto' }, body.place)] : []), ...(body.note ? [el('p', { className: 'note', dir: 'auto' }, body.note)] : []),
  ...(body.allergens ? [el('p', { dir: 'auto' }, t('meal.contains', { what: body.allergens }))] : []),
  ...(!mine && body.place === undefined && body.note === undefined ? [el('p', { className: 'quiet' }, t('meal.less'))] : []),
];

/** The meal goes with what others put to it. */
async function dropped(house, { key }) {
  await house.remove('meals', { $key: { eq: key } });
  for (const collection of ['dishes', 'rsvps', 'dates', 'settled']) await house.remove(collection, { meal: { eq: key } }).catch((error) => { if (error.status !== 404) throw error; });
}

function changeIn(place, { key, body, again }, house) {
  const field = (name, properties = {}) => [el('label', { htmlFor: `change-${name}` }, t(`meal.${name}`)), el(name === 'note' ? 'textarea' : 'input', { id: `change-${name}`, value: body[name] ?? '', ...properties })];
  const form = el('form', { id: 'change' }, ...field('title', { required: true, maxLength: 120 }), ...field('date', { required: true, type: 'date' }), ...field('place', { maxLength: 200 }), ...field('note', { maxLength: 2000, rows: 3 }),
    el('div', { className: 'row' }, el('button', {}, t('meal.keep')), button(t('meal.cancel'), again)));
  place.replaceChildren(form);
  onSubmit(form, async () => {
    const said = (name) => $(`change-${name}`).value.trim();
    await house.patch('meals', { $key: { eq: key } }, { title: said('title'), date: said('date'), place: said('place') || null, note: said('note') || null });
    await again();
    say(t('meal.kept'));
  });
  $('change-title').focus();
}

function shareOf({ persona, key, body }, { house }) {
  const link = `${location.origin}/#${persona}/${key}@${encodeURIComponent(house)}`;
  const copy = async () => { await navigator.clipboard.writeText(link); say(t('meal.copied')); };
  return el('div', { className: 'share' }, el('div', {}, el('label', { htmlFor: 'link' }, t('meal.link')), el('input', { id: 'link', readOnly: true, value: link, onfocus: ({ target }) => target.select() })),
    navigator.share ? button(t('meal.share'), () => navigator.share({ title: body.title, url: link }).catch(() => {})) : button(t('meal.copy'), copy));
}

const part = (id, title, ...inside) => el('section', { 'aria-labelledby': id }, el('h3', { id }, title), ...inside);

/** For a guest: their own answer, which they may change. */
async function answerOf({ persona, key, again }, { house, all, changed }) {
  const [mine] = await all('rsvps', { persona, key });
  const said = mine?.body.answer;
  const more = el('input', { id: 'more', type: 'number', min: 0, max: 20, value: String(mine?.body.guests ?? 0) });
  const answer = async (value) => {
    const guests = Number(more.value) || 0;
    await house.put('rsvps', { ...(mine && { key: mine.key }), body: { meal: key, answer: value, ...(guests > 0 && { guests }), createdAt: mine?.body.createdAt ?? Date.now() } }, persona);
    await Promise.all([again(), changed()]);
    say(t('come.told'));
  };
  return part('t-come', t('come'), el('fieldset', { 'aria-label': t('come') }, ...['yes', 'maybe', 'no'].map((value) => button(t(`come.${value}`), () => answer(value), { 'aria-pressed': String(value === said) }))),
    el('label', { htmlFor: 'more' }, t('come.with')), more);
}

/** For whoever gives the meal: who comes, who may see all of it, whom else to invite. */
async function guestsOf({ persona, key, body, again }, { house, nameOf, all }) {
  const [answers, friends] = await Promise.all([all('rsvps', { persona, key }), house.query('friends', { first: 200 })]);
  const seesAll = new Map(friends.map((one) => [one.body.persona, one.key]));
  const line = async ({ author, body: { answer, guests = 0 } }) => {
    const name = await nameOf(author);
    const text = [t(`guest.${answer}`, { name }), guests > 0 && t('guest.more', { n: guests })].filter(Boolean).join(' ');
    return el('li', {}, el('span', { dir: 'auto' }, text), author === house.persona ? null : letSee({ name, author, key: seesAll.get(author) ?? null, again }, house));
  };
  const answered = new Set(answers.map(({ author }) => author));
  const others = await Promise.all(friends.filter((one) => !answered.has(one.body.persona)).map(async (one) => inviteLine(await nameOf(one.body.persona), one.body.persona, { key, body }, house)));
  return part('t-guests', t('guests'), answers.length === 0 ? el('p', { className: 'quiet' }, t('guests.none')) : el('ul', {}, ...await Promise.all(answers.map(line))),
    others.length > 0 ? el('h3', {}, t('invite.friends')) : null, others.length > 0 ? el('ul', {}, ...others) : null);
}

function letSee({ name, author, key, again }, house) {
  const of = key === null ? 'let' : 'unlet';
  return button(t(`guest.${of}`), async () => {
    if (key === null) await house.put('friends', { body: { persona: author, relation: 'friend', createdAt: Date.now() } });
    else await house.remove('friends', { $key: { eq: key } });
    await again();
    say(t(`guest.${of}.done`, { name }));
  }, { of: name });
}

const inviteLine = (name, persona, { key, body }, house) => el('li', {}, el('span', { dir: 'auto' }, name), button(t('invite'), async () => {
  await house.put('inbox', { body: { meal: key, title: body.title, date: body.date, createdAt: Date.now() } }, persona);
  say(t('invite.done', { name }));
}, { of: name }));

async function dishesOf({ persona, key, mine, again }, { house, nameOf, all, changed }) {
  const dishes = await all('dishes', { persona, key });
  const line = async (dish) => {
    const { author, body: { name, serves, diet } } = dish;
    const own = author === house.persona;
    const text = [own ? t('dish.mine', { dish: name }) : t('dish.by', { dish: name, name: await nameOf(author) }), diet && diet !== 'anything' && t(`diet.${diet}`), serves && t('dish.serves', { n: serves })].filter(Boolean).join(', ');
    const made = el('li', {}, el('span', { dir: 'auto' }, text), own || mine ? button(t('dish.back'), () => {
      made.hidden = true;
      soon(t('dish.gone', { dish: name }), async () => { await house.remove('dishes', { $key: { eq: dish.key } }, persona); await Promise.all([again(), changed()]); }, () => { made.hidden = false; });
    }, { of: name }) : null);
    return made;
  };
  const lines = await Promise.all(dishes.map(line));
  const form = el('form', { id: 'bring' }, el('label', { htmlFor: 'dish' }, t('dish.i')), el('input', { id: 'dish', required: true, maxLength: 120 }),
    el('div', { className: 'pair' }, el('div', {}, el('label', { htmlFor: 'dish-diet' }, t('dish.what')), el('select', { id: 'dish-diet' }, ...DIETS.map((value) => el('option', { value }, t(`diet.${value || 'unsaid'}`))))),
      el('div', {}, el('label', { htmlFor: 'serves' }, t('dish.for')), el('input', { id: 'serves', type: 'number', min: 1, max: 500 }))), el('button', {}, t('dish.bring')));
  onSubmit(form, async () => {
    const [diet, serves] = [$('dish-diet').value, Number($('serves').value)];
    await house.put('dishes', { body: { meal: key, name: $('dish').value.trim(), ...(diet && { diet }), ...(serves > 0 && { serves }), createdAt: Date.now() } }, persona);
    await Promise.all([again(), changed()]);
    say(t('dish.brought'));
  });
  return part('t-dishes', t('dishes'), lines.length === 0 ? el('p', { className: 'quiet' }, t('dishes.none')) : el('ul', {}, ...lines), form);
}

/** Which other days would suit: where both hold to version 2, else nothing. */
async function daysOf({ persona, key, mine, again }, { house, all, version, ask }) {
  if (await version() < 2) return null;
  const votes = await all('dates', { persona, key }).catch((error) => { if (error.status === 404) return null; throw error; });
  if (votes === null) return null;
  const [settled] = await all('settled', { persona, key }).catch((error) => { if (error.status === 404) return []; throw error; });
  const settle = async () => { const { date } = await ask('/settle', { meal: key }); await again(); say(t('day.settled', { day: day(date) })); };
  const suits = async (date) => {
    await house.put('dates', { body: { meal: key, date, createdAt: Date.now() } }, persona);
    await again();
    say(t('day.named'));
  };
  const line = ([date, some]) => {
    const own = some.find(({ author }) => author === house.persona);
    const act = own ? async () => { await house.remove('dates', { $key: { eq: own.key } }, persona); await again(); } : () => suits(date);
    return el('li', {}, el('span', {}, t('day.names', { day: day(date), n: some.length })), button(t('day.suits'), act, { 'aria-pressed': String(own !== undefined), of: day(date) }));
  };
  const named = Object.entries(Object.groupBy(votes, ({ body }) => body.date)).sort();
  const form = el('form', { id: 'other-day' }, el('label', { htmlFor: 'other' }, t('day.other')), el('input', { id: 'other', type: 'date', required: true }), el('button', { className: 'plain' }, t('day.add')));
  onSubmit(form, () => suits($('other').value));
  return part('t-days', t('days'), named.length === 0 ? el('p', { className: 'quiet' }, t('days.none')) : el('ul', {}, ...named.map(line)),
    settled ? el('p', { id: 'settled' }, t('day.settled', { day: day(settled.body.date) })) : null, mine && named.length > 0 ? button(t('day.settle'), settle) : null, form);
}
