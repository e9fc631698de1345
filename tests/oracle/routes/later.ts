import { randomBytes } from 'node:crypto';
import type { Random } from '../random.ts';
import { signedOut, status, type Answer, type Generator } from './ask.ts';
import type { Asker, World } from './world.ts';

/* What each has not posted yet, by key: texts, and for whom. Nobody else ever sees any of it, whatever they are to each other. */
interface Waiting { text: string; audience: string }
type Kept = Map<string, Waiting>;
const worlds = new WeakMap<World, { drafts: Map<string, Kept>; scheduled: Map<string, Kept> }>();

function keptBy(world: World, asker: Asker, what: 'drafts' | 'scheduled'): Kept {
  const held = worlds.get(world) ?? { drafts: new Map<string, Kept>(), scheduled: new Map<string, Kept>() };
  worlds.set(world, held);
  const own = held[what].get(asker.persona!) ?? new Map<string, Waiting>();
  held[what].set(asker.persona!, own);
  return own;
}

const anyKey = (world: World, random: Random, what: 'drafts' | 'scheduled'): string => {
  const keys = world.askers.filter(({ kind }) => kind === 'member').flatMap((one) => [...keptBy(world, one, what).keys()]);
  return keys.length > 0 && !random.once(3) ? random.pick(keys) : randomBytes(16).toString('base64url');
};

const wordsOf = (answer: Answer, what: 'drafts' | 'scheduled') =>
  new Map((answer.json as Record<string, { key: string; parts: { text: string }[] }[]>)[what]!.map(({ key, parts }) => [key, parts[0]!.text]));

const list = (what: 'drafts' | 'scheduled'): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  const judge = (answer: Answer): string | null => {
    const own = keptBy(world, asker, what), told = wordsOf(answer, what);
    return own.size === told.size && [...own].every(([key, { text }]) => told.get(key) === text) ? null : `lists ${answer.text}`;
  };
  return { asker, path: `/microblog/${what}`, judge: signedOut(asker) ?? ((answer) => status(200)(answer) ?? judge(answer)) };
};

const drop = (what: 'drafts' | 'scheduled'): Generator => (world, random) => {
  const asker = random.pick(world.askers), key = anyKey(world, random, what);
  return { asker, path: `/microblog/${what}/${key}`, judge: signedOut(asker) ?? ((answer) => { keptBy(world, asker, what).delete(key); return status(204)(answer); }) };
};

interface Wanted { body: Record<string, unknown>; waiting: Waiting; sound: boolean }

function wanted(random: Random): Wanted {
  const text = random.pick(['', '  ', `later ${random.below(1e6)}`, 'x'.repeat(501)]);
  const flaw = random.once(4) ? random.pick([{ audience: 'members' }, { parts: [] }, { secret: 1 }, { poll: { options: ['a'], minutes: 1, multiple: false } }]) : {};
  const audience = random.pick(['house', 'close', 'only-me']);
  return { body: { parts: [{ text }], audience, ...flaw }, waiting: { text, audience }, sound: Object.keys(flaw).length === 0 };
}

const MOST = 200;

const keep: Generator = (world, random) => {
  const asker = random.pick(world.askers), { body, waiting, sound } = wanted(random);
  const key = random.once(8) ? random.pick(['self', 'x', '__proto__']) : anyKey(world, random, 'drafts');
  return {
    asker, path: `/microblog/drafts/${key}`, body,
    judge: signedOut(asker) ?? ((answer) => {
      const own = keptBy(world, asker, 'drafts');
      const due = !sound || key.length !== 22 ? 400 : own.size >= MOST && !own.has(key) ? 409 : 200;
      if (due === 200 && answer.status === 200) own.set(key, waiting);
      return status(due)(answer);
    }),
  };
};

function timed(random: Random): Wanted {
  const { body, waiting, sound } = wanted(random);
  const ahead = random.pick([-1000, 86_400_000, 86_400_000, 4e10]);
  return { body: { ...body, due: Date.now() + ahead }, waiting, sound: sound && waiting.text.trim() !== '' && waiting.text.length <= 500 && ahead === 86_400_000 };
}

const schedule: Generator = (world, random) => {
  const asker = random.pick(world.askers), { body, waiting, sound } = timed(random);
  return {
    asker, path: '/microblog/scheduled', body,
    judge: signedOut(asker) ?? ((answer) => {
      const own = keptBy(world, asker, 'scheduled'), due = !sound ? 400 : own.size >= MOST ? 409 : 201;
      if (due === 201 && answer.status === 201) own.set((answer.json as { key: string }).key, waiting);
      return status(due)(answer);
    }),
  };
};

const reschedule: Generator = (world, random) => {
  const asker = random.pick(world.askers), { body, waiting, sound } = timed(random), key = anyKey(world, random, 'scheduled');
  return {
    asker, path: `/microblog/scheduled/${key}`, body,
    judge: signedOut(asker) ?? ((answer) => {
      const own = keptBy(world, asker, 'scheduled'), due = !sound ? 400 : own.has(key) ? 200 : 404;
      if (due === 200 && answer.status === 200) own.set(key, waiting);
      return status(due)(answer);
    }),
  };
};

const postNow: Generator = (world, random) => {
  const asker = random.pick(world.askers), key = anyKey(world, random, 'scheduled');
  return {
    asker, path: `/microblog/scheduled/${key}/now`,
    judge: signedOut(asker) ?? ((answer) => {
      const own = keptBy(world, asker, 'scheduled'), due = own.get(key);
      own.delete(key);
      if (!due || answer.status !== 201) return status(due ? 201 : 404)(answer);
      const [made] = (answer.json as { items: [{ key: string; body: { text: string; createdAt: number } }] }).items;
      world.posts.push({ persona: asker.persona!, key: made.key, ...due, root: `${asker.persona!}/${made.key}`, parent: null, created: made.body.createdAt, gone: false, handed: null });
      return made.body.text === due.text ? null : `posts ${made.body.text}`;
    }),
  };
};

/** Cases for reading what is not posted yet. */
export const LATER_READING: Record<string, Generator> = { 'GET /microblog/drafts': list('drafts'), 'GET /microblog/scheduled': list('scheduled') };
/** Cases for changing it. */
export const LATER_WRITING: Record<string, Generator> = {
  'PUT /microblog/drafts/{key}': keep, 'DELETE /microblog/drafts/{key}': drop('drafts'),
  'POST /microblog/scheduled': schedule, 'PUT /microblog/scheduled/{key}': reschedule, 'POST /microblog/scheduled/{key}/now': postNow, 'DELETE /microblog/scheduled/{key}': drop('scheduled'),
};
