/* What pages of services have in common: words in the reader's language, elements, what failed in a sentence, five seconds to undo, coming in and going out. */
import { failure, goIn, random } from './house.js';
import own from './kit-words.js';

export { failure };

let words = own.en;
let title = '';
/** The language that the page speaks. */
export let language = 'en';

/** The words of a key, its holes filled; where there is one form for one and another for many, `n` chooses. */
export function t(key, params = {}) {
  const said = words[key];
  const form = typeof said === 'object' ? said[new Intl.PluralRules(language).select(params.n)] ?? said.other : said;
  return (form ?? key).replace(/\{(\w+)\}/g, (_, name) => String(name === 'title' && !('title' in params) ? title : params[name]));
}

/** Chooses the reader's language of those that there are words in, and says what stands in the page: `data-t` an element's words, `data-t-placeholder` its hint. */
export function speak(all, name) {
  title = name;
  const wanted = [localStorage.getItem('language'), ...navigator.languages.map((one) => one.split('-')[0])];
  language = wanted.find((one) => Object.hasOwn(all, one)) ?? Object.keys(all)[0];
  words = { ...own.en, ...own[language], ...all[language] };
  document.documentElement.lang = language;
  for (const one of document.querySelectorAll('[data-t]')) one.textContent = t(one.dataset.t);
  for (const one of document.querySelectorAll('[data-t-placeholder]')) one.placeholder = t(one.dataset.tPlaceholder);
  document.querySelector('footer').append(languages(Object.keys(all)));
}

function languages(all) {
  const names = new Intl.DisplayNames([language], { type: 'language' });
  const choose = el('select', { id: 'language', onchange: () => { localStorage.setItem('language', choose.value); location.reload(); } },
    ...all.map((one) => el('option', { value: one, selected: one === language, lang: one }, new Intl.DisplayNames([one], { type: 'language' }).of(one) ?? names.of(one))));
  return el('div', { className: 'row' }, el('label', { htmlFor: 'language' }, t('language')), choose);
}

/** The element of an id. */
export const $ = (id) => document.getElementById(id);

/** An element with properties (`data-…`, `aria-…` and `role` as attributes) and what is in it. */
export function el(name, properties = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (/^(data-|aria-|role$)/.test(key)) made.setAttribute(key, value);
    else made[key] = value;
  }
  made.append(...inside.filter((one) => one !== null));
  return made;
}

/** A button; what it does fails in a sentence. `of`: what it is about, for whoever hears it without what stands beside. */
export const button = (text, act, { of, ...properties } = {}) => el('button', { type: 'button', className: 'plain', ...(of !== undefined && { 'aria-label': `${text}: ${of}` }), ...properties, onclick: ({ currentTarget }) => tried(act, currentTarget) }, text);

/* Of the language that the page speaks, the country that the reader has chosen. */
const locale = () => navigator.languages.find((one) => one.split('-')[0] === language) ?? language;

/** Whole words of a date without a time (`2027-05-01`). */
export const day = (date, how = { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' }) => new Intl.DateTimeFormat(locale(), { timeZone: 'UTC', ...how }).format(new Date(`${date}T12:00:00Z`));

/** Says something, at the place that is read out. `more` stands beside it. */
export function say(text, ...more) {
  $('said').replaceChildren(...(text === '' ? [] : [el('span', {}, text), ...more]));
}

/** A failure in the reader's words: by its code, else in the words of whoever said no. */
export const sentenceOf = ({ code, detail, message }) => (code !== undefined && Object.hasOwn(words, `no.${code}`) ? t(`no.${code}`) : detail || message);

/** Does something, with whoever asked for it resting meanwhile, and says in a sentence when it fails. */
export async function tried(act, by = null) {
  say('');
  if (by) by.disabled = true;
  try { await act(); } catch (error) {
    if (error.code === 'let_go') showOut();
    say(sentenceOf(error));
  } finally { if (by) by.disabled = false; }
}

/** Does something when a form (or the one of an id) is sent: once for each time that it was answered. */
export function onSubmit(which, act) {
  const form = typeof which === 'string' ? $(which) : which;
  let busy = false;
  form.onsubmit = async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    await tried(() => act(event), event.submitter);
    busy = false;
  };
}

const UNDO_MS = 5_000;
let waiting = null;

/** Says that something is done, and does it five seconds later, or when the page goes, if the browser still asks the house then; until then `undo` takes it back. */
export function soon(text, act, undo) {
  void waiting?.now();
  let late = null;
  const now = async () => {
    clearTimeout(late);
    if (waiting?.now === now) waiting = null;
    await tried(act);
  };
  late = setTimeout(now, UNDO_MS);
  waiting = { now };
  say(text, el('button', { type: 'button', className: 'plain', onclick: () => { clearTimeout(late); waiting = null; undo(); say(t('undo.done')); } }, t('undo')));
}
addEventListener('pagehide', () => { void waiting?.now(); });

/** Asks this service's own routes. */
export async function ours(path, body) {
  const answer = await fetch(path, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }).catch(() => { throw failure('unreachable'); });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw failure(said.code ?? 'unreachable', { status: answer.status, detail: said.detail });
  return said;
}

/**
 * The proof that this pod is somebody's: a secret that they put there and the service reads. `version`: of the contract that they hold to. `outgrown`: they
 * went on to it since they came in, so that they must come in again for what is new. `ask` calls routes with the proof, and gives another when it has ended.
 */
export async function openVisit(house) {
  const begin = async () => {
    const secret = random();
    await house.put('visit', { key: 'self', body: { secret, createdAt: Date.now() } });
    return ours('/visits', { house: house.house, persona: house.persona, secret });
  };
  let said = await begin();
  const ask = async (path, body = {}) => {
    try { return await ours(path, { ...body, token: said.token }); } catch (error) {
      if (error.code !== 'visit_ended') throw error;
      said = await begin();
      return ours(path, { ...body, token: said.token });
    }
  };
  const { version } = said;
  return { version, outgrown: house.cameWith(version) < version, ask };
}

/** Shows what is for whoever is not in, `#out`, and nothing else. */
export function showOut() {
  $('out').hidden = false;
  $('in').hidden = true;
  $('here')?.remove();
}

/** Shows what is for whoever is in, `#in`, and below it by which house, and the way out. */
export function showIn(house) {
  $('out').hidden = true;
  $('in').hidden = false;
  document.querySelector('footer').prepend(el('div', { id: 'here' },
    el('p', {}, t('at.house', { house: new URL(house.house).host })),
    el('p', { className: 'row' }, el('a', { href: house.page }, t('at.page')), button(t('leave'), async () => { await house.leave(); location.assign('/'); }))));
}

/** `https://house.example` of what people type; null for what is no address. On this machine and in a network of its own a house may be without https. */
export function houseOf(typed) {
  const text = typed.trim();
  const local = /^(localhost|127\.|10\.|192\.168\.|\[)/.test(text);
  const url = URL.parse(/^https?:\/\//.test(text) ? text : `${local ? 'http' : 'https'}://${text}`);
  return url && (url.hostname.includes('.') || url.hostname === 'localhost' || url.hostname.startsWith('[')) ? url.origin : null;
}

/** Goes to the house again, which asks for what the contract has by now. */
export const comeAgain = (house, about) => goIn(house.house, { service: about.service, scope: about.bundles.join(' ') });

/** The form by which people come in: they name their house, and it asks them. `first`: the house that a link named. */
export function enterBy(form, about, first = null) {
  const input = el('input', { id: 'house', required: true, autocomplete: 'url', inputMode: 'url', spellcheck: false, value: first ?? localStorage.getItem('house') ?? about.houses[0] ?? '', 'aria-describedby': 'house-hint' });
  input.setAttribute('list', 'houses');
  input.setAttribute('autocapitalize', 'none');
  form.append(el('label', { htmlFor: 'house' }, t('enter.house')), input, el('datalist', { id: 'houses' }, ...about.houses.map((value) => el('option', { value }))),
    el('p', { id: 'house-hint', className: 'quiet' }, t('enter.hint')), el('button', {}, t('enter')));
  onSubmit(form, async () => {
    const house = houseOf(input.value);
    if (house === null) { input.focus(); throw failure('enter', { detail: t('enter.bad') }); }
    if (!isSecureContext) throw failure('enter', { detail: t('enter.plain') });
    localStorage.setItem('house', house);
    say(t('enter.going'));
    await goIn(house, { service: about.service, scope: about.bundles.join(' ') });
  });
}
