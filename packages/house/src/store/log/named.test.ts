import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSqlite } from '../../sqlite/port.ts';
import { makeAccessLog } from './access-log.ts';
import { logMigrations } from './migrations.ts';

const DAY = 86_400_000;

function open() {
  const clock = { ms: 20_000 * DAY };
  const log = makeAccessLog(openSqlite(':memory:', { durability: 'normal' }), () => clock.ms);
  const ask = (caller: string, collection: string, n = 1) => log.named({ persona: 'ada', caller, service: 's', collection, verb: 'read', refused: true, rule: 'no_rule' }, n);
  const brief = () => log.lines('ada', 0, log.today() + 1).map(({ caller, collection, rule, n }) => `${caller} ${collection} ${rule} ${n}`);
  return { clock, log, ask, brief };
}

test('one caller fills a few lines of a day; the rest of what they try is one more, and their old lines go on', () => {
  const { ask, brief } = open();
  for (let i = 0; i < 24; i++) ask('bob', `c${i}`);
  for (let i = 0; i < 1000; i++) ask('bob', `d${i}`);
  ask('bob', 'c3', 5);
  ask('cy', 'd1');
  const lines = brief();
  assert.equal(lines.length, 26);
  assert.deepEqual(lines.slice(0, 2), ['bob  more 1000', 'bob c3 no_rule 6']);
  assert.ok(lines.includes('cy d1 no_rule 1'), 'nobody else is crowded out');
});

test('a day of one person has so many lines; those who come after are the others, and tomorrow has room again', () => {
  const { ask, brief, clock, log } = open();
  for (let i = 0; i < 12_431 + 200; i++) ask(`caller ${i}`, 'c');
  assert.equal(brief().length, 201);
  assert.equal(brief()[0], 'others  more 12431');
  assert.deepEqual(log.sum('ada', log.today()), { callers: 201, reads: 0, refused: 12_631 });
  clock.ms += DAY;
  ask('late', 'c');
  assert.ok(brief().includes('late c no_rule 1'));
});

test('what is full stays full after a restart', () => {
  const clock = { ms: DAY };
  const db = openSqlite(':memory:', { durability: 'normal' });
  const line = (caller: string) => ({ persona: 'ada', caller, service: 's', collection: 'c', verb: 'read', refused: true, rule: 'r' });
  const first = makeAccessLog(db, () => clock.ms);
  for (let i = 0; i < 200; i++) first.named(line(`caller ${i}`));
  const second = makeAccessLog(db, () => clock.ms);
  second.named(line('late'));
  second.named(line('caller 7'));
  const lines = second.lines('ada', 0, 10).map(({ caller, n }) => `${caller} ${n}`);
  assert.ok(lines.includes('others 1') && lines.includes('caller 7 2') && !lines.includes('late 1'));
});

test('lines are kept for as long as their owner wants, 90 days unless told otherwise; others’ are not touched', () => {
  const { clock, log } = open();
  const note = (persona: string) => {
    log.named({ persona, caller: 'bob', service: 's', collection: 'c', verb: 'read', refused: true, rule: 'r' });
    log.counted({ persona, who: 'housemates', service: 's', collection: 'c', audience: 'everyone', verb: 'read' });
  };
  for (let day = 0; day < 100; day++) { for (const persona of ['ada', 'bob', '']) note(persona); clock.ms += DAY; }
  const held = (persona: string) => new Set(log.lines(persona, 0, log.today() + 1).map(({ day }) => log.today() - day));
  assert.equal(held('ada').size, 100);
  log.sweep();
  assert.deepEqual(['ada', 'bob', ''].map((persona) => Math.max(...held(persona))), [89, 89, 89]);
  log.setKeepDays('ada', 7);
  assert.equal(log.keepDays('ada'), 7);
  assert.deepEqual(['ada', 'bob'].map((persona) => Math.max(...held(persona))), [6, 89], 'at once');
  log.setKeepDays('bob', 3650);
  clock.ms += 40 * DAY;
  log.sweep();
  assert.deepEqual([held('ada').size, Math.max(...held('bob')), held('').size], [0, 129, 49]);
  log.forget('bob');
  assert.deepEqual([held('bob').size, log.keepDays('bob')], [0, 90]);
});

test('a log of before is brought along: what was counted without a name was housemates', () => {
  const db = openSqlite(':memory:', { durability: 'normal' });
  logMigrations[0]!(db);
  db.exec(`PRAGMA user_version=1; INSERT INTO counts VALUES ('ada', 3, 's', 'c', 'everyone', 'read', 9)`);
  const log = makeAccessLog(db, () => 4 * DAY);
  log.counted({ persona: 'ada', who: 'anyone', service: 's', collection: 'c', audience: 'everyone', verb: 'read' }, 2);
  assert.deepEqual(log.lines('ada', 0, 9).map(({ day, caller, n }) => [day, caller, n]), [[4, 'anyone', 2], [3, null, 9]]);
  log.close();
});
