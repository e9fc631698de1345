import type { Random } from '../random.ts';
import { notSteward, signedOut, status, type Answer, type Generator } from './ask.ts';
import { PASSKEYS } from './passkeys.ts';
import type { Asker, World } from './world.ts';

const anyone = (path: string): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path, judge: asker.kind === 'impostor' ? status(401) : saysNothingPrivate(world) };
};

/** What anybody may see holds no persona of the house's people, no post and no handle. */
const saysNothingPrivate = (world: World) => (answer: Answer): string | null => {
  const told = [...world.people.keys(), ...world.posts.map(({ key }) => key)].find((secret) => answer.text.includes(secret));
  return status(200)(answer) ?? (told === undefined ? null : `tells ${told}`);
};

const mine = (path: string, due: (asker: Asker, answer: Answer, world: World) => string | null): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path, judge: signedOut(asker) ?? ((answer) => status(200)(answer) ?? due(asker, answer, world)) };
};

const stranger = (asker: Asker, { text }: Answer, world: World): string | null => {
  const other = [...world.people.keys()].find((persona) => persona !== asker.persona && text.includes(persona));
  return other === undefined ? null : `tells of ${other}`;
};

const steward = (path: string, body: (random: Random) => { value: unknown; sound: boolean }): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  const { value, sound } = body(random);
  return { asker, path, body: value, judge: notSteward(asker) ?? status(sound ? 200 : 400) };
};

const kit = (remove: boolean): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  return {
    asker, path: '/house/kit',
    judge: notSteward(asker) ?? ((answer) => {
      if (remove) world.kit = false;
      return remove ? status(204, 404)(answer) : status(world.kit ? 200 : 404)(answer);
    }),
  };
};

// Wrong codes and passphrases are slowed down: 429 is as good a no as the others.
const guess = (path: string, body: (random: Random, world: World) => unknown): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path, body: body(random, world), judge: asker.kind === 'impostor' ? status(401) : status(400, 401, 403, 404, 409, 410, 429, 503) };
};

const words = (random: Random): string => Array.from({ length: 4 }, () => random.pick(['abandon', 'zoo', 'lamp', 'otter', '__proto__'])).join('-');
const person = (handle: string) => ({ handle, name: 'New', passphrase: 'correct horse battery staple' });

const makeInvite: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const uses = random.pick([1, 5, 300, 0, 301, -1, 1.5]);
  const sound = Number.isInteger(uses) && uses >= 1 && uses <= 300;
  return {
    asker, path: '/house/invites', body: { uses },
    judge: signedOut(asker) ?? ((answer) => {
      if (answer.status === 201) world.invites.set((answer.json as { invite: string }).invite, asker.persona!);
      return sound ? status(201, 409)(answer) : status(400)(answer);
    }),
  };
};

const listInvites: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const due = [...world.invites].filter(([, by]) => asker.steward || by === asker.persona).map(([invite]) => invite).sort();
  return {
    asker, path: '/house/invites',
    judge: signedOut(asker) ?? ((answer) => {
      const got = (answer.json as { invites: { invite: string }[] }).invites.map(({ invite }) => invite).sort();
      return got.join() === due.join() ? null : `lists ${got.join()} instead of ${due.join()}`;
    }),
  };
};

const lookAtInvite: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const [known] = random.once(2) ? random.pick([...world.invites]) : [null];
  return {
    asker, path: `/house/invites/${known ?? words(random)}`,
    judge: asker.kind === 'impostor' ? status(401) : known === null ? status(404, 429) : (answer) => (answer.status === 429 ? null : saysNothingPrivate(world)(answer)),
  };
};

const endInvite: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const [invite, by] = world.invites.size > 0 && !random.once(3) ? random.pick([...world.invites]) : ['no-such-invite-here', ''];
  const may = by !== '' && (asker.steward || by === asker.persona);
  return {
    asker, path: `/house/invites/${invite}`,
    judge: signedOut(asker) ?? ((answer) => {
      if (answer.status === 204) world.invites.delete(invite);
      return status(may ? 204 : 404)(answer);
    }),
  };
};

const endSession: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path: `/sessions/${random.pick(['none', 'AAAA', 'current%00', 'a%2fb', '__proto__'])}`, judge: signedOut(asker) ?? status(404) };
};

/* A token is no browser: nobody is signed in at one, and so nobody can be gone on as. */
const accountsHere: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const due = (answer: Answer) => status(200)(answer) ?? (answer.text === '{"accounts":[]}' ? null : `tells ${answer.text}`);
  return { asker, path: '/sessions/here', judge: asker.kind === 'impostor' ? status(401) : due };
};

const goOnAs: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const persona = random.pick([...world.people.keys(), 'nobody', '']);
  // Without an Origin it might come from any site.
  return { asker, path: '/sessions/here', body: { persona }, judge: asker.kind === 'impostor' ? status(401) : status(persona === '' ? 400 : 403) };
};

const wroteWords: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const written = random.pick([true, false, 'yes', null]);
  return { asker, path: '/me/words', body: { written }, judge: signedOut(asker) ?? status(written === true ? 204 : 400) };
};

const live: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path: '/live', judge: signedOut(asker) ?? status(200) };
};

const keepDays: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const days = random.pick([7, 90, 3650, 6, 3651, 7.5, '90', null]);
  return { asker, path: '/me/log/settings', body: { keepDays: days }, judge: signedOut(asker) ?? status(typeof days === 'number' && Number.isInteger(days) && days >= 7 && days <= 3650 ? 200 : 400) };
};

const log: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const [query, due] = random.pick([['', 200], ['?days=14', 200], ['?days=15', 400], ['?before=2027-01-31', 200], ['?before=2027-01-99', 400], ['?before=yesterday1', 400], ['?who=bob', 400]] as const);
  return { asker, path: `/me/log${query}`, judge: signedOut(asker) ?? status(due) };
};

const tokens = new Map<string, string>();

const makeToken: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const label = random.pick(['backup', '  ', 'x'.repeat(65)]);
  const services = random.pick([null, ['notes'], [], ['notes', 'notes'], 'notes']);
  const days = random.pick([1, 366, null, 0, 367, undefined]);
  const sound = label === 'backup' && (services === null || (Array.isArray(services) && services.length === 1)) && days !== 0 && days !== 367;
  return {
    asker, path: '/me/tokens', body: { label, services, write: random.once(2), ...(days !== undefined && { days }) },
    judge: signedOut(asker) ?? ((answer) => {
      if (answer.status === 201) tokens.set((answer.json as { id: string }).id, asker.persona!);
      return sound ? status(201, 409)(answer) : status(400)(answer);
    }),
  };
};

const listTokens: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  return {
    asker, path: '/me/tokens',
    judge: signedOut(asker) ?? ((answer) => {
      const got = (answer.json as { tokens: { id: string }[] }).tokens.map(({ id }) => id).sort().join();
      const due = [...tokens].filter(([, of]) => of === asker.persona).map(([id]) => id).sort().join();
      return got === due ? null : `lists ${got} instead of ${due}`;
    }),
  };
};

const endToken: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const [id, of] = tokens.size > 0 && !random.once(3) ? random.pick([...tokens]) : ['nothing', ''];
  return {
    asker, path: `/me/tokens/${id}`,
    judge: signedOut(asker) ?? ((answer) => {
      if (answer.status === 204) tokens.delete(id);
      return status(of === asker.persona ? 204 : 404)(answer);
    }),
  };
};

/** Cases for every route about the house itself and one's own place in it. */
export const HOUSEHOLD: Record<string, Generator> = {
  'GET /healthz': anyone('/healthz'),
  'GET /openapi.json': anyone('/openapi.json'),
  'GET /house': anyone('/house'),
  'POST /house/prepare': guess('/house/prepare', (random) => random.pick([{ code: words(random) }, { invite: words(random) }, {}, { code: 'a', invite: 'b' }, { code: 3 }])),
  'POST /house/setup': guess('/house/setup', (random) => ({ code: words(random), house: { title: 'Mine now' }, person: person('mallory') })),
  'POST /house/join': guess('/house/join', (random, world) => (
    { invite: random.once(3) ? words(random) : random.pick([...world.invites.keys(), 'none']), person: person(random.pick(['ada', 'bob', 'cy'])) })),
  'POST /sessions': guess('/sessions', (random) => ({ handle: random.pick(['ada', 'bob', 'nobody']), passphrase: words(random) })),
  'POST /sessions/way/look': guess('/sessions/way/look', (random) => random.pick([{ way: words(random) }, { way: '' }, {}])),
  'POST /sessions/way': guess('/sessions/way', (random) => ({ way: words(random), passphrase: random.pick(['short', 'correct horse battery']) })),
  'DELETE /sessions/{id}': endSession,
  'GET /sessions/here': accountsHere,
  'PUT /sessions/here': goOnAs,
  'POST /sessions/guest': (world, random) => { const asker = random.pick(world.askers); return { asker, path: '/sessions/guest', body: {}, judge: status(asker.kind === 'impostor' ? 401 : 404, 429) }; },
  'GET /me': mine('/me', (asker, answer, world) => stranger(asker, answer, world) ?? ((answer.json as { persona: string }).persona === asker.persona ? null : 'is somebody else')),
  'GET /me/devices': mine('/me/devices', stranger),
  'PUT /me/words': wroteWords,
  'POST /me/tokens': makeToken,
  'GET /me/tokens': listTokens,
  'DELETE /me/tokens/{id}': endToken,
  'GET /me/log': log,
  'PUT /me/log/settings': keepDays,
  ...PASSKEYS,
  'GET /house/network': mine('/house/network', stranger),
  'PUT /house/network': steward('/house/network', (random) => (random.once(3) ? { value: { lan: 'on' }, sound: false } : { value: { lan: false }, sound: true })),
  'PUT /house/settings': steward('/house/settings', (random) => (random.once(3) ? { value: { title: '' }, sound: false } : { value: { title: `Choir ${random.below(9)}` }, sound: true })),
  'GET /house/kit': kit(false),
  'POST /house/invites': makeInvite,
  'GET /house/invites': listInvites,
  'GET /house/invites/{invite}': lookAtInvite,
  'DELETE /house/invites/{invite}': endInvite,
  'DELETE /house/kit': kit(true),
  'GET /live': live,
};
