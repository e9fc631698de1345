import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { TIMES } from '../longer.ts';
import { makeRandom, type Random } from '../random.ts';
import { send, type Case, type Generator } from './ask.ts';
import { BLOBS_READING, BLOBS_WRITING } from './blobs.ts';
import { CARE, CARE_WRITING } from './care.ts';
import { DATA_READING } from './data-reading.ts';
import { DATA_WRITING } from './data-writing.ts';
import { DEVICES_READING, DEVICES_WRITING } from './devices.ts';
import { foundWorld, type Founded } from './found-world.ts';
import { HOUSEHOLD } from './household.ts';
import { IDENTITY } from './identity.ts';
import { APPS } from './apps.ts';
import { BACKUPS } from './backups.ts';
import { IMPORTS } from './imports.ts';
import { JOBS } from './jobs.ts';
import { READING } from './reading.ts';
import { SERVICES } from './services.ts';
import { WRITING } from './writing.ts';

/** Blocks, mutes, likes, follows and removals made in any order hold in every route that reads. */
const ROUNDS = 25 * TIMES;
const WRITES = 40;
const READS = 40;
const AT_ONCE = 8;
/** Whoever guesses is made to wait for the answer that they guess too much: after so many of those in a row there is nothing more to learn. */
const SLOWED = 8;
const FIRST_POSTS = 80;
/** Writes come last, so that a page still fits the whole world; posts are deleted after they were made. */
const READS_OF: Record<string, Generator> = { ...READING, ...DATA_READING, ...BLOBS_READING, ...DEVICES_READING };
const WRITES_OF: Record<string, Generator> = { ...DATA_WRITING, ...BLOBS_WRITING, ...DEVICES_WRITING, ...CARE_WRITING, ...WRITING };

/** Everything that reads, and that is about the household. */
export const READINGS: Record<string, Generator> = { ...READS_OF, ...HOUSEHOLD, ...CARE, ...JOBS, ...BACKUPS, ...IMPORTS, ...SERVICES, ...APPS };
/** Everything that writes, and that is about keys. */
export const WRITINGS: Record<string, Generator> = { ...IDENTITY, ...WRITES_OF };

/** All routes together are asked so often, each as often as any other. */
const IN_ALL = 120_000;
const CASES = Math.ceil(IN_ALL / (Object.keys(READINGS).length + Object.keys(WRITINGS).length)) * TIMES;

/** Founds a world of its own for the tests of a file, with conversations of every audience, with replies that others keep, before anything is read. */
export function openWorld(): () => Founded {
  let founded: Founded;
  before(async () => {
    founded = await foundWorld();
    await checkRoute(founded, 'POST /microblog/posts', WRITING['POST /microblog/posts']!, FIRST_POSTS);
  });
  after(() => founded.close());
  return () => founded;
}

/** One test for each route. */
export function testRoutes(of: Record<string, Generator>, founded: () => Founded): void {
  for (const [route, generate] of Object.entries(of)) {
    test(`${route}: ${CASES} cases, unless it slows down who guesses`, () => checkRoute(founded(), route, generate, CASES));
  }
}

/** The routes that the house says it has, as `METHOD /path`. */
export async function routesOf({ base }: Founded): Promise<string[]> {
  const { paths } = await (await fetch(`${base}/openapi.json`)).json() as { paths: Record<string, Record<string, unknown>> };
  return Object.entries(paths).flatMap(([path, of]) => Object.keys(of).map((method) => `${method.toUpperCase()} ${path}`));
}

/** Writes anything, then reads everywhere, again and again. */
export function testRounds(founded: () => Founded): void {
  test(`${ROUNDS} rounds of writing anything, each followed by reading everywhere`, async () => {
    const random = makeRandom(4242);
    const writes = Object.keys(WRITES_OF).flatMap((route) => Array.from({ length: /PUT .*(like|follow)|POST/.test(route) ? 3 : /requests|close|audience/.test(route) ? 2 : 1 }, () => route));
    for (let round = 0; round < ROUNDS; round++) {
      for (let i = 0; i < WRITES; i++) {
        const route = random.pick(writes);
        await checkRoute(founded(), route, WRITES_OF[route]!, 1, random);
      }
      for (const [route, generate] of Object.entries(READS_OF)) await checkRoute(founded(), route, generate, READS, random);
    }
  });
}

async function checkRoute({ house, world, base }: Founded, route: string, generate: Generator, cases: number, chance?: Random): Promise<void> {
  // The model knows nothing of what is on its way to another pod.
  await house.outbox.idle();
  const [method = ''] = route.split(' ');
  const random = chance ?? makeRandom(route.length * 7919 + route.charCodeAt(5));
  const inTurn = method === 'GET' ? AT_ONCE : 1;
  let slowed = 0;
  for (let i = 0; i < cases && slowed < SLOWED; i += inTurn) {
    const statuses = await Promise.all(Array.from({ length: inTurn }, () => check(base, method, generate(world, random))));
    slowed = statuses.every((one) => one === 429) ? slowed + inTurn : 0;
  }
}

async function check(base: string, method: string, one: Case): Promise<number> {
  const answer = await send(base, method, one);
  const wrong = one.judge(answer);
  assert.equal(wrong, null, `${one.asker.handle || one.asker.kind} ${method} ${one.path} ${JSON.stringify(one.body)}: ${wrong}`);
  return answer.status;
}
