import { HASH, notSteward, signedOut, status, type Answer, type Generator } from './ask.ts';
import type { Random } from '../random.ts';

/* Nobody has joined a service here: what is one's own is empty, and nothing can be found, changed or guessed. Joining is for tests of its own. */

const nothing = (answer: Answer): string | null => status(200)(answer) ?? ((answer.json as { services: unknown[] }).services.length === 0 ? null : `lists ${answer.text}`);

const DOCUMENTS: readonly unknown[] = [{}, { commonhold: 'contract/2' }, { commonhold: 'contract/1', service: null }, { contract: {}, rotations: 'x' }, { contract: [] }];
const ADDRESSES = ['ftp://x.example', 'http://127.0.0.1:1', 'x y', '::', '#'];

const preview: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const body = random.once(2) ? { contract: random.pick(DOCUMENTS) } : random.once(2) ? { address: random.pick(ADDRESSES) } : random.pick([{}, { contract: 5 }, { x: 1 }, { hash: HASH }, { hash: 5 }]);
  return { asker, path: '/services/preview', body, judge: signedOut(asker) ?? ('hash' in body ? status(404) : status(400, 503)) };
};

const join: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const isWhole = random.once(2);
  return { asker, path: '/me/services', body: isWhole ? { hash: HASH, as: random.pick(['self', 'pseudonym']) } : random.pick([{}, { hash: 5 }, { hash: HASH, as: 'steward' }]), judge: signedOut(asker) ?? status(isWhole ? 404 : 400) };
};

const list: Generator = (world, random) => { const asker = random.pick(world.askers); return { asker, path: '/me/services', judge: signedOut(asker) ?? nothing }; };

const place = (random: Random, personas: readonly string[]): string => `${random.pick([...personas, 'x', '__proto__'])}/${random.pick([HASH, 'people', 'microblog', 'x', '%00'])}`;

/** Something about one joined service, of whoever is or is not here. */
const one = (end: string, body?: unknown): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path: `/me/services/${place(random, [...world.people.keys()])}${end}`, ...(body === undefined ? {} : { body }), judge: signedOut(asker) ?? status(404) };
};

/** Cases for services. */
export const SERVICES: Record<string, Generator> = {
  'POST /services/preview': preview,
  'GET /me/services': list,
  'POST /me/services': join,
  'GET /me/services/{persona}/{service}': one(''),
  'DELETE /me/services/{persona}/{service}': one(''),
  'GET /pods/{persona}/{service}/joined': (world, random) => { const asker = random.pick(world.askers); return { asker, path: `/pods/${place(random, [...world.people.keys()])}/joined`, judge: status(asker.kind === 'impostor' ? 401 : 404) }; },
  'GET /ended/{persona}': (world, random) => { const asker = random.pick(world.askers); return { asker, path: `/ended/${random.pick([...world.people.keys(), 'x', '__proto__'])}`, judge: status(asker.kind === 'impostor' ? 401 : 404) }; },
  'GET /me/services/{persona}/{service}/export': one('/export'),
  'GET /house/services': (world, random) => { const asker = random.pick(world.askers); return { asker, path: '/house/services', judge: signedOut(asker) ?? nothing }; },
  'PUT /house/services': (world, random) => { const asker = random.pick(world.askers); const isOrder = random.once(2); return { asker, path: '/house/services', body: isOrder ? { order: [HASH] } : random.pick([{}, { order: 'x' }, { order: [5] }, { order: [HASH, HASH] }]), judge: notSteward(asker) ?? (isOrder ? nothing : status(400)) }; },
  'PUT /house/services/{service}': (world, random) => { const asker = random.pick(world.askers); return { asker, path: `/house/services/${random.pick([HASH, 'people'])}`, body: { hash: HASH }, judge: notSteward(asker) ?? status(404) }; },
  'DELETE /house/services/{service}': (world, random) => { const asker = random.pick(world.askers); return { asker, path: `/house/services/${random.pick([HASH, 'x'])}`, judge: notSteward(asker) ?? status(204) }; },
  'PUT /me/services/{persona}/{service}/narrowing': one('/narrowing', { rules: {} }),
  'POST /me/services/{persona}/{service}/pause': (world, random) => one('/pause', random.pick([{}, { until: 5 }, { until: 9e15 }]))(world, random),
  'POST /me/services/{persona}/{service}/resume': one('/resume'),
  'GET /me/services/{persona}/{service}/upgrade': one('/upgrade'),
  'POST /me/services/{persona}/{service}/upgrade': one('/upgrade', { hash: HASH, earlier: true }),
  'POST /me/services/{persona}/{service}/stay': one('/stay', { hash: HASH }),
  'POST /me/services/places': (world, random) => { const asker = random.pick(world.askers); return { asker, path: '/me/services/places', body: random.pick([{ x: 1 }, 5, []]), judge: signedOut(asker) ?? status(400) }; },
  'POST /me/services/{persona}/{service}/hand-over': (world, random) => one('/hand-over', { house: random.pick([...world.people.keys()]), podDevice: HASH, recoveryKey: HASH })(world, random),
};
