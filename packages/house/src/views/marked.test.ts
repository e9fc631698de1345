import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openSqlite } from '../sqlite/port.ts';
import { makeMarked } from './marked.ts';

const POSTS = Array.from({ length: 40 }, (_, i) => `author${i % 3}/key${i}`);
const step = fc.record({ does: fc.constantFrom('mark', 'unmark', 'forget', 'ask'), who: fc.constantFrom('ada', 'bob'), post: fc.constantFrom(...POSTS) });

test('whatever is marked, unmarked, forgotten and asked: no mark that is there is left out', () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const db = openSqlite(':memory:', { durability: 'normal' });
    db.exec('CREATE TABLE marks (persona TEXT NOT NULL, post TEXT NOT NULL)');
    const marked = makeMarked(db);
    const held = new Map([['ada', new Set<string>()], ['bob', new Set<string>()]]);
    try {
      for (const { does, who, post } of steps) {
        const theirs = held.get(who)!;
        if (does === 'mark') { db.prepare('INSERT INTO marks VALUES (?, ?)').run(who, post); marked.add(who, post); theirs.add(post); }
        if (does === 'unmark') { db.prepare('DELETE FROM marks WHERE persona = ? AND post = ?').run(who, post); theirs.delete(post); }
        if (does === 'forget') marked.forget();
        const found = new Set(marked.among(who, POSTS));
        for (const one of theirs) assert.ok(found.has(one), one);
      }
    } finally { db.close(); }
  }));
});

test('of what nobody marked nearly nothing is asked for', () => {
  const db = openSqlite(':memory:', { durability: 'normal' });
  db.exec('CREATE TABLE marks (persona TEXT NOT NULL, post TEXT NOT NULL)');
  const marked = makeMarked(db);
  for (const post of POSTS.slice(0, 20)) db.prepare('INSERT INTO marks VALUES (?, ?)').run('ada', post);
  assert.deepEqual(marked.among('ada', POSTS), POSTS.slice(0, 20));
  assert.deepEqual(marked.among('bob', POSTS), []);
  db.close();
});
