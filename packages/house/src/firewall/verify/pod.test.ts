import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeNodeSuite } from '../../crypto/node-suite.ts';
import { openSqlite } from '../../sqlite/port.ts';
import type { Change } from '../../store/pod/types.ts';
import { openTrialHouse, type TrialHouse } from '../../testing/house.ts';
import { plain, type Damage } from './damage.ts';
import { verifyPod, type PodTally } from './pod.ts';

const suite = makeNodeSuite();
let trial: TrialHouse;
let file: string;
let persona: string;
let envelope: string;

const one = <T>(sql: string): T => {
  const db = openSqlite(file, { durability: 'normal' });
  try { return db.prepare<{ it: T }>(sql).get()!.it; } finally { db.close(); }
};

const change = (sql: string): void => {
  const db = openSqlite(file, { durability: 'normal' });
  try { db.exec(`PRAGMA foreign_keys=OFF; ${sql}`); } finally { db.close(); }
};

before(async () => {
  trial = await openTrialHouse(['ada']);
  file = trial.podFile('ada');
  ({ persona } = trial.people['ada']!);
  const { people } = trial.house;
  await people.setProfile(trial.people['ada']!, { name: 'Ada' });
  envelope = one(`SELECT e.envelope AS it FROM entries e JOIN rows r ON r.lane = e.lane AND r.seq = e.seq WHERE r.collection = 'profile'`);
  await people.setProfile(trial.people['ada']!, { name: 'Ada of the choir' });
  await trial.shut();
});
after(() => trial.close());

function look(house: string | null = null): { tally: PodTally; codes: string[]; damages: Damage[]; changes: Change[]; steps: number[] } {
  const damages: Damage[] = [], changes: Change[] = [], steps: number[] = [];
  const tally = verifyPod(suite, { path: file, file: 'pods/ada.db', persona, handle: null, device: null, house }, {
    tell: (damage) => { damages.push(damage); }, step: (done) => { steps.push(done); }, changes: (all) => { changes.push(...all); },
  });
  return { tally, damages, codes: damages.map(({ code }) => code), changes, steps };
}

/** Does damage, looks, and makes it good again. */
function damaged(bad: string, good: string): Damage[] {
  change(bad);
  try { return look().damages; } finally { change(good); }
}

describe('verifyPod', () => {
  it('finds nothing in a good pod, and hands on what its rows say', () => {
    const { tally, codes, changes } = look();
    assert.deepEqual(codes, []);
    assert.deepEqual(tally, { lanes: 1, records: 3, erased: 2, blobs: 0, bytes: 0, leftovers: 0 });
    assert.deepEqual(changes.map(({ collection, key, op, body }) => [collection, key, op, body]), [['profile', 'self', 'put', '{"name":"Ada of the choir"}']]);
  });

  it('finds an envelope that should have been erased, by its place alone', () => {
    const [found, ...rest] = damaged(`UPDATE entries SET envelope = '${envelope}' WHERE seq = 2`, 'UPDATE entries SET envelope = NULL WHERE seq = 2');
    assert.deepEqual(rest, []);
    assert.equal(found?.code, 'not_erased');
    assert.equal(found.seq, 2);
    assert.equal(found.who, persona);
    assert.match(found.thing ?? '', /^lane \S{22} \(people\.profile\)$/);
  });

  it('tells a fault of one record, and goes on as long as the chain can be followed', () => {
    const codes = (bad: string, good: string) => damaged(bad, good).map(({ code, seq }) => `${seq} ${code}`);
    assert.deepEqual(codes(`UPDATE entries SET envelope = 'x' WHERE seq = 1`, 'UPDATE entries SET envelope = NULL WHERE seq = 1'), ['1 not_json']);
    assert.deepEqual(codes('UPDATE entries SET seq = 9 WHERE seq = 2', 'UPDATE entries SET seq = 2 WHERE seq = 9'), ['3 wrong_seq']);
  });

  it('tells of a contract that records name and the file lacks', () => {
    change(`CREATE TABLE kept AS SELECT * FROM contracts; DELETE FROM contracts WHERE service = 'people'`);
    assert.deepEqual(look().codes, ['contract_missing', 'contract_missing']);
    change('DELETE FROM contracts; INSERT INTO contracts SELECT * FROM kept; DROP TABLE kept');
    assert.deepEqual(look().codes, []);
  });

  it('tells what cannot be read at all, and never calls it good', () => {
    const version = one<number>('SELECT user_version AS it FROM pragma_user_version');
    for (const other of [0, version - 1, version + 1]) {
      const [found] = damaged(`PRAGMA user_version=${other}`, `PRAGMA user_version=${version}`);
      assert.equal(found?.code, 'other_version');
      assert.match(found.says, other > version ? /newer/ : /earlier/);
    }
  });

  it('knows at which house the person lives', () => {
    assert.deepEqual(look(`c${'a'.repeat(52)}`).codes, ['wrong_house']);
  });
});

describe('plain', () => {
  it('never repeats a field of the input', () => {
    assert.deepEqual(plain({ code: 'unknown_field', message: 'There is no field "secret".' }), ['unknown_field', 'There is a field that does not belong there.']);
    assert.deepEqual(plain({ code: 'wrong_id', message: 'So.' }), ['wrong_id', 'So.']);
  });
});
