import type { Random } from '../random.ts';
import { HASH, notSteward, signedOut, status, type Answer, type Generator } from './ask.ts';
import { heard } from './conversations.ts';
import { apart, type Asker, type World } from './world.ts';

/* The care of the house. Nobody is suspended, leaves or changes roles in this world, since all else would stand still: those routes are asked for what they refuse. */

const KEY = 'AAAAAAAAAAAAAAAAAAAAAA';
const NOBODY = `c${'b'.repeat(51)}a`;
const REASONS = ['rules', 'hurts', 'private', 'noise', 'danger', 'other', 'dislike', ''];

interface ModelReport { reporter: string; about: string; open: boolean }
const reports = new Map<string, ModelReport>();
const openOf = (reporter: string): number => [...reports.values()].filter((one) => one.open && one.reporter === reporter).length;
const ada = (world: World): string => world.askers[0]!.persona!;

const codeIs = (status_: number, code: string) => (answer: Answer): string | null =>
  (answer.status === status_ && (answer.json as { code?: string }).code === code ? null : `${answer.status} ${answer.text.slice(0, 120)}, but ${code} was due`);

/** About a service that nobody here has looked at, and about what is nothing, or two things. */
const reportElse: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const persona = random.pick([...world.people.keys()]);
  const about = random.pick([{ service: HASH }, { service: HASH }, {}, { service: 'people' }, { service: HASH, persona }, { service: HASH, key: KEY }, { key: KEY }]);
  return { asker, path: '/house/reports', body: { about, reason: 'noise', ...(random.once(2) && { withLog: true }) }, judge: signedOut(asker) ?? (Object.keys(about).join() === 'service' && about.service === HASH ? codeIs(404, 'service_unknown') : status(400)) };
};

const report: Generator = (world, random) => {
  if (random.once(8)) return reportElse(world, random);
  const asker = random.pick(world.askers);
  const post = random.once(3) ? null : random.pick(world.posts);
  const persona = post?.persona ?? random.pick([...world.people.keys(), NOBODY]);
  const key = random.once(10) ? KEY : post?.key;
  const reason = random.pick(REASONS);
  const words = random.pick([undefined, undefined, '', 'Look at this.', 'x'.repeat(1001)]);
  const sound = reason !== '' && reason !== 'dislike' && (words?.length ?? 0) <= 1000;
  const about = { persona, ...(key !== undefined && { key }) };
  return { asker, path: '/house/reports', body: { about, reason, ...(words !== undefined && { words }) }, judge: signedOut(asker) ?? (sound ? dueOf(world, asker, about) : status(400)) };
};

/** What is due for a report that is well said. */
function dueOf(world: World, asker: Asker, { persona, key }: { persona: string; key?: string }): (answer: Answer) => string | null {
  if (persona === asker.persona) return codeIs(400, 'report_self');
  const name = `${persona}/${key ?? ''}`;
  const had = [...reports.values()].some((one) => one.open && one.reporter === asker.persona && one.about === name);
  const isThere = key === undefined ? world.people.has(persona) && !apart(world, asker.persona!, persona) : heard(world, asker).some((one) => one.persona === persona && one.key === key);
  if (!isThere && !had) return status(404);
  if (persona === ada(world)) return codeIs(409, 'only_steward');
  return (answer) => {
    if (!had && openOf(asker.persona!) >= 30) return codeIs(409, 'too_many_reports')(answer);
    if (answer.status === 201) reports.set((answer.json as { report: string }).report, { reporter: asker.persona!, about: name, open: true });
    return status(201)(answer);
  };
}

const listReports: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const [state, open] = random.pick([['open', true], ['done', false]] as const);
  return {
    asker, path: `/house/reports?state=${state}`,
    judge: notSteward(asker) ?? ((answer) => {
      const got = (answer.json as { reports: { id: string }[] }).reports.map(({ id }) => id).sort();
      const due = [...reports].filter(([, one]) => one.open === open && !one.about.startsWith(asker.persona!)).map(([id]) => id).sort();
      return status(200)(answer) ?? (got.length >= 200 || got.join() === due.join() ? null : `lists ${got.length} instead of ${due.length}`);
    }),
  };
};

const answerReport: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const [id, one] = reports.size > 0 && !random.once(4) ? random.pick([...reports]) : [KEY, null];
  const act = random.pick(['none', 'warn', 'warn', 'unshelve', 'ban', null]);
  return {
    asker, path: `/house/reports/${id}/answer`, body: { act, ...(random.once(3) && { words: 'Seen.' }) },
    judge: notSteward(asker) ?? (act === 'ban' || act === null ? status(400) : !one ? status(404) : !one.open ? codeIs(409, 'report_answered') : act === 'unshelve' ? codeIs(409, 'not_a_service') : (answer) => {
      if (answer.status === 204) for (const other of reports.values()) if (other.about === one.about) other.open = false;
      return status(204)(answer);
    }),
  };
};

const hide = (on: boolean): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  const { persona, key } = random.pick(world.posts);
  const name = `${persona}/${key}`;
  // Few at a time, so that there is something left to be read.
  const may = !on || world.hidden.size < 6 || world.hidden.has(name);
  const target = may ? name : `${persona}/${KEY}`;
  return {
    asker, path: `/house/hidden/${target}`, ...(on && { body: random.once(2) ? {} : { words: 'Not here.' } }),
    judge: notSteward(asker) ?? ((answer) => {
      if (answer.status === 204 && on && may) world.hidden.add(name);
      if (answer.status === 204 && !on) world.hidden.delete(name);
      return status(204)(answer);
    }),
  };
};

const listHidden: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  return {
    asker, path: '/house/hidden',
    judge: notSteward(asker) ?? ((answer) => {
      const got = (answer.json as { hidden: { persona: string; key: string }[] }).hidden.map(({ persona, key }) => `${persona}/${key}`).filter((name) => !name.endsWith(KEY)).sort().join();
      const due = [...world.hidden].sort().join();
      return status(200)(answer) ?? (got === due ? null : `lists ${got} instead of ${due}`);
    }),
  };
};

/** Somebody whom no act can touch: nobody, or the only steward. */
const refused = (path: string, make: (random: Random) => { body?: unknown; sound: boolean }, asSteward: number, asNobody = 404): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  const persona = random.once(2) ? NOBODY : ada(world);
  const { body, sound } = make(random);
  return { asker, path: `/house/people/${persona}/${path}`, ...(body !== undefined && { body }), judge: notSteward(asker) ?? status(!sound ? 400 : persona === NOBODY ? asNobody : asSteward) };
};

const mine = (path: string, due: (world: World, asker: Asker, answer: Answer) => string | null): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path, judge: signedOut(asker) ?? ((answer) => status(200)(answer) ?? due(world, asker, answer)) };
};

/** Nobody is told of whom a block parts from them. */
const noneApart = (world: World, asker: Asker, { text }: Answer): string | null => {
  const told = [...world.people.keys()].find((persona) => apart(world, asker.persona!, persona) && text.includes(persona));
  return told === undefined ? null : `tells of ${told}`;
};

// Everybody came by the founder's invites.
const tree = (world: World, asker: Asker, answer: Answer): string | null => {
  const got = (answer.json as { people: { persona: string; invitedBy: string | null }[] }).people.map(({ persona, invitedBy }) => `${persona} ${invitedBy ?? ''}`).sort().join();
  const line = (persona: string): string => `${persona} ${persona === ada(world) ? '' : asker.steward || !apart(world, asker.persona!, ada(world)) ? ada(world) : ''}`;
  const seen = asker.steward ? [...world.people.keys()] : [asker.persona!, ...(apart(world, asker.persona!, ada(world)) ? [] : [ada(world)])];
  const due = seen.map(line).sort().join();
  return got === due ? null : `shows ${got} instead of ${due}`;
};

const nameless = (world: World, _asker: Asker, { text }: Answer): string | null => {
  const told = [...world.people.values()].find(({ persona, handle }) => text.includes(persona) || text.includes(`"${handle}"`));
  return told ? `tells of ${told.handle}` : null;
};

/* One's own pod, whole, and nobody else's: its first line says whose it is. */
const exported: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path: '/me/export', judge: signedOut(asker) ?? ((answer) => status(200)(answer) ?? (answer.text.startsWith(`{"type":"commonhold-export","v":1,"persona":"${asker.persona!}"`) ? null : 'is of somebody else')) };
};

const dropNotice: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path: `/me/notices/${random.pick([KEY, 'none', '__proto__'])}`, judge: signedOut(asker) ?? status(404) };
};

const wait: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const body = random.pick([{ name: 'Kim', words: '', contact: 'kim@example.org' }, { name: '', words: '', contact: 'x' }, { name: 'Kim' }]);
  return { asker, path: '/house/waiting', body, judge: asker.kind === 'impostor' ? status(401) : body.words === '' && body.name !== '' ? codeIs(409, 'not_full') : status(400) };
};

const stewards = (path: string, due: number): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path, body: path.endsWith('invite') ? {} : undefined, judge: notSteward(asker) ?? status(due) };
};

const withWords = (random: Random, sound: object, unsound: object): { body: unknown; sound: boolean } => (random.once(3) ? { body: unsound, sound: false } : { body: sound, sound: true });

/** Cases for reports, what is hidden, roles, suspensions, farewells and the waiting list. */
export const CARE: Record<string, Generator> = {
  'GET /house/page': mine('/house/page', noneApart),
  'GET /house/people': mine('/house/people', tree),
  'GET /house/actions': mine('/house/actions', nameless),
  'GET /me/export': exported,
  'GET /me/notices': mine('/me/notices', () => null),
  'DELETE /me/notices/{id}': dropNotice,
  'GET /house/reports': listReports,
  'GET /house/hidden': listHidden,
  'GET /house/health': stewards('/house/health', 200),
  'GET /house/waiting': stewards('/house/waiting', 200),
  'POST /house/waiting': wait,
  'POST /house/waiting/{id}/invite': stewards(`/house/waiting/${KEY}/invite`, 404),
  'DELETE /house/waiting/{id}': stewards(`/house/waiting/${KEY}`, 404),
  'PUT /house/people/{persona}/role': refused('role', (random) => withWords(random, { role: 'member' }, { role: 'owner' }), 409),
  'PUT /house/people/{persona}/suspended': refused('suspended', (random) => withWords(random, { words: 'Rest a while.' }, { until: 'soon' }), 409),
  'DELETE /house/people/{persona}/suspended': refused('suspended', () => ({ sound: true }), 204, 204),
  'POST /house/people/{persona}/access': refused('access', () => ({ sound: true, body: {} }), 409),
  'POST /house/people/{persona}/expel': refused('expel', (random) => withWords(random, { days: 7 }, { days: 91 }), 409),
  'DELETE /house/people/{persona}/expel': refused('expel', () => ({ sound: true }), 204, 204),
};

/** Cases that change what others may read, or wait for what they read. */
export const CARE_WRITING: Record<string, Generator> = {
  'POST /house/reports': report,
  'POST /house/reports/{id}/answer': answerReport,
  'PUT /house/hidden/{persona}/{key}': hide(true),
  'DELETE /house/hidden/{persona}/{key}': hide(false),
};
