import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openSqlite } from '../sqlite/port.ts';
import { isNewer, type Place } from './cursor.ts';
import { makeNewestPosts, type Standing } from './newest.ts';

const key = fc.integer({ min: 0, max: 30 }).map((n) => `k${n}`);
const created = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 2000 }));
const place = fc.record({ created, key });
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant('put' as const), key, created, lane: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('drop' as const), key }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('forget' as const) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('find' as const), before: fc.option(place), after: fc.option(place), first: fc.integer({ min: 1, max: 60 }), lane: fc.integer({ min: 1, max: 3 }) }) },
);
const newestFirst = (one: Place, other: Place): number => (isNewer(one, other) ? -1 : 1);

test('the newest posts in memory say what the file says, or that they do not know', () => {
  let known = 0;
  fc.assert(fc.property(fc.integer({ min: 0, max: 1500 }), fc.array(step, { maxLength: 60 }), (before, steps) => {
    const db = openSqlite(':memory:', { durability: 'normal' });
    db.exec('CREATE TABLE posts (persona TEXT, key TEXT, created INTEGER, lane INTEGER, reply INTEGER); CREATE INDEX posts_created ON posts (created, key)');
    const put = db.prepare('INSERT INTO posts VALUES (?,?,?,?,0)');
    const drop = db.prepare('DELETE FROM posts WHERE key = ?');
    const newest = makeNewestPosts(db);
    const all = new Map<string, Standing>();
    const add = (post: Standing): void => { all.set(post.key, post); put.run(post.persona, post.key, post.created, post.lane); newest.add(post); };
    for (let n = 0; n < before; n++) add({ persona: 'p', key: `old${n}`, created: n, lane: 1 + n % 3, reply: false });
    for (const one of steps) {
      if (one.does === 'forget') newest.forget();
      else if (one.does === 'find') {
        const wanted = [...all.values()].filter(({ lane }) => lane === one.lane)
          .filter((post) => (!one.before || isNewer(one.before, post)) && (!one.after || isNewer(post, one.after))).toSorted(newestFirst).slice(0, one.first);
        const found = newest.find(one, ({ lane }) => lane === one.lane);
        if (found !== null) { known++; assert.deepEqual(found.map((post) => post.key), wanted.map((post) => post.key)); }
        // The newest page of what is mostly there is always known.
        if (before < 500 && all.size < 500) assert.notEqual(found, null);
      } else {
        if (all.has(one.key)) { newest.drop('p', one.key); drop.run(one.key); all.delete(one.key); }
        if (one.does === 'put') add({ persona: 'p', key: one.key, created: one.created, lane: one.lane, reply: false });
      }
    }
    db.close();
  }), { numRuns: 60 });
  assert.ok(known > 20);
});
