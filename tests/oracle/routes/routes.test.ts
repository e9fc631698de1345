import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makeRandom } from '../random.ts';
import { send, type Case, type Generator } from './ask.ts';
import { foundWorld, type Founded } from './found-world.ts';
import { HOUSEHOLD } from './household.ts';
import { READING } from './reading.ts';
import { WRITING } from './writing.ts';

const CASES = 2000;
const AT_ONCE = 8;
/** Writes come last, so that a page still fits the whole world; posts are deleted after they were made. */
const GENERATORS: Record<string, Generator> = { ...READING, ...HOUSEHOLD, ...WRITING };

describe('every route of /openapi.json answers as the oracle says', () => {
  let founded: Founded;
  before(async () => { founded = await foundWorld(); });
  after(() => founded.close());

  test('each route has its cases, and no case is for a route that is gone', async () => {
    const { paths } = await (await fetch(`${founded.base}/openapi.json`)).json() as { paths: Record<string, Record<string, unknown>> };
    const routes = Object.entries(paths).flatMap(([path, of]) => Object.keys(of).map((method) => `${method.toUpperCase()} ${path}`));
    assert.deepEqual(routes.toSorted(), Object.keys(GENERATORS).toSorted());
  });

  for (const [route, generate] of Object.entries(GENERATORS)) {
    test(`${route}: ${CASES} cases`, async () => {
      const [method = ''] = route.split(' ');
      const random = makeRandom(route.length * 7919 + route.charCodeAt(5));
      const inTurn = method === 'GET' ? AT_ONCE : 1;
      for (let i = 0; i < CASES; i += inTurn) {
        await Promise.all(Array.from({ length: inTurn }, () => check(founded.base, method, generate(founded.world, random))));
      }
    });
  }
});

async function check(base: string, method: string, one: Case): Promise<void> {
  const wrong = one.judge(await send(base, method, one));
  assert.equal(wrong, null, `${one.asker.handle || one.asker.kind} ${method} ${one.path} ${JSON.stringify(one.body)}: ${wrong}`);
}
