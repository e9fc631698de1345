import assert from 'node:assert/strict';
import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { clockMs, toBase64Url } from '@commonhold/core';
import fc from 'fast-check';
import { keyOf, nameOf, newPersona, openTrialPods, POD, verifyPod, type TrialPods } from '../testing/pods.ts';

const open = (t: TestContext): TrialPods => {
  const trial = openTrialPods();
  t.after(() => trial.close());
  return trial;
};

const live = ({ pod }: TrialPods) => pod.db.prepare<{ key: string; body: string; audience: string }>(
  "SELECT r.key, r.body, l.audience FROM rows r JOIN lanes l ON l.ref = r.lane WHERE r.op = 'put' ORDER BY r.key").all().map((row) => ({ ...row, key: nameOf(row.key) }));

const step = fc.record({
  key: fc.constantFrom('a', 'b', 'c'), audience: fc.constantFrom('everyone', 'only-me'), does: fc.constantFrom('put', 'put', 'remove', 'throw'),
});

test('whatever mix of batches ran: every lane verifies, rows are those of a plain map, a work that throws leaves nothing', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { maxLength: 6 }), async (batches) => {
    const trial = openTrialPods();
    try {
      const model = new Map<string, { body: string; audience: string }>();
      let n = 0;
      for (const batch of batches) {
        const told = trial.commits.length;
        const works = batch.map(({ key, audience, does }) => {
          const body = `text ${n++}`;
          return trial.pod.write(() => {
            const held = model.get(key);
            if (does === 'remove' && held) { trial.append({ key, op: 'remove', audience: held.audience }); model.delete(key); return; }
            if (does === 'remove') return;
            trial.append({ key, body, audience });
            if (does === 'throw') throw new TypeError(body);
            model.set(key, { body: JSON.stringify(body), audience });
          });
        });
        const outcomes = await Promise.allSettled(works);
        assert.deepEqual(outcomes.map(({ status }) => status), batch.map(({ does }) => (does === 'throw' ? 'rejected' : 'fulfilled')));
        assert.ok(trial.commits.length <= told + 1, 'works of one tick share one commit');
        assert.deepEqual(live(trial), [...model].map(([key, row]) => ({ key, ...row })).sort((x, y) => (x.key < y.key ? -1 : 1)));
        assert.deepEqual(verifyPod(trial.suite, trial.pod).filter((fault) => typeof fault === 'string'), []);
      }
      const told = new Map<string, string | null>();
      for (const change of trial.commits.flat()) if (change.body === null) told.delete(nameOf(change.key)); else told.set(nameOf(change.key), change.body);
      assert.deepEqual(told, new Map([...model].map(([key, { body }]) => [key, body])), 'who listened knows what is there');
    } finally { trial.close(); }
  }), { numRuns: 40 });
});

test('writes of one tick are one transaction and one signature a lane', async (t) => {
  const trial = open(t);
  await trial.pod.write(() => { trial.append({ key: 'first', body: 1 }); trial.append({ key: 'other', body: 1, audience: 'only-me' }); });
  const [commits, signatures] = [trial.commits.length, trial.signatures()];
  await Promise.all([1, 2, 3, 4, 5].map((n) => trial.pod.write(() => trial.append({ key: `k${n}`, body: n, audience: n === 5 ? 'only-me' : 'everyone' }))));
  assert.equal(trial.commits.length - commits, 1);
  assert.equal(trial.signatures() - signatures, 2);
  assert.deepEqual(trial.commits.at(-1)?.map(({ key }) => nameOf(key)), ['k1', 'k2', 'k3', 'k4', 'k5']);
  assert.deepEqual(verifyPod(trial.suite, trial.pod), [5, 2]);
});

test('nobody hears yes before the commit, and listeners hear before the writer', async (t) => {
  const trial = open(t);
  const heard: string[] = [];
  const write = trial.pod.write(() => { trial.append({ key: 'a', body: 1 }); heard.push(`worked, ${trial.commits.length - 1} told`); });
  await write.then(() => heard.push(`answered, ${trial.commits.length - 1} told`));
  assert.deepEqual(heard, ['worked, 0 told', 'answered, 1 told']);
  assert.equal(trial.pod.db.inTransaction, false);
});

test('a changed audience is a remove in the old lane and a put in the new one', async (t) => {
  const trial = open(t);
  await trial.pod.write(() => trial.append({ key: 'a', body: 'x', audience: 'only-me' }));
  await trial.pod.write(() => trial.append({ key: 'a', body: 'x', audience: 'everyone' }));
  const entries = trial.pod.db.prepare<{ audience: string; envelope: string | null }>('SELECT l.audience, e.envelope FROM entries e JOIN lanes l ON l.ref = e.lane ORDER BY l.ref, e.seq').all()
    .map(({ audience, envelope }) => [audience, envelope && (JSON.parse(envelope) as { op: string })]);
  assert.deepEqual(entries.map(([audience, envelope]) => [audience, envelope && typeof envelope === 'object' ? envelope.op : null]),
    [['only-me', null], ['only-me', 'remove'], ['everyone', 'put']]);
  assert.deepEqual(trial.commits.at(-1)?.map(({ op, audience }) => [op, audience]), [['remove', 'only-me'], ['put', 'everyone']]);
  assert.deepEqual(verifyPod(trial.suite, trial.pod), [2, 1]);
});

for (const how of ['superseded', 'moved to another audience', 'removed'] as const) {
  test(`a put that was ${how} leaves neither body nor salt nor envelope in the file`, async (t) => {
    const trial = open(t);
    const words = 'the words that were taken back ';
    await trial.pod.write(() => trial.append({ key: 'a', body: words.repeat(300) }));
    const { salt } = trial.pod.db.prepare<{ salt: Uint8Array }>('SELECT salt FROM rows').get()!;
    const { envelope } = trial.pod.db.prepare<{ envelope: string }>('SELECT envelope FROM entries').get()!;
    const { body } = JSON.parse(envelope) as { body: string };
    const found = () => {
      trial.pod.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      const bytes = Buffer.concat(['.db', '.db-wal'].map((end) => readFileSync(join(trial.folder, POD + end))));
      return { words: bytes.includes(words), salt: bytes.includes(Buffer.from(salt)), hash: bytes.includes(body), envelope: bytes.includes(envelope) };
    };
    assert.deepEqual(found(), { words: true, salt: true, hash: true, envelope: true });
    await trial.pod.write(() => trial.append(
      how === 'removed' ? { key: 'a', op: 'remove' } : { key: 'a', body: 'others', audience: how === 'superseded' ? 'everyone' : 'only-me' }));
    assert.deepEqual(found(), { words: false, salt: false, hash: false, envelope: false });
    assert.deepEqual(verifyPod(trial.suite, trial.pod).filter((fault) => typeof fault === 'string'), []);
  });
}

test('a work that throws in a shared batch is undone alone, its new lane too', async (t) => {
  const trial = open(t);
  await trial.pod.write(() => trial.append({ key: 'z', body: 0 }));
  const outcomes = await Promise.allSettled([
    trial.pod.write(() => trial.append({ key: 'a', body: 1 }).key),
    trial.pod.write(() => { trial.append({ key: 'a', body: 2 }); trial.append({ key: 'b', body: 2, audience: 'only-me' }); throw new TypeError('second thoughts'); }),
    trial.pod.write(() => trial.append({ key: 'c', body: 3, audience: 'members' }).key),
  ]);
  assert.deepEqual(outcomes.map((one) => (one.status === 'fulfilled' ? nameOf(one.value) : String(one.reason))), ['a', 'TypeError: second thoughts', 'c']);
  assert.deepEqual(live(trial).map(({ key, body, audience }) => `${key} ${body} ${audience}`), ['a 1 everyone', 'c 3 members', 'z 0 everyone']);
  assert.deepEqual(verifyPod(trial.suite, trial.pod), [2, 1]);
  assert.deepEqual(trial.commits.at(-1)?.map(({ key }) => nameOf(key)), ['a', 'c']);
});

test('when the commit fails everybody is refused, memory is what the file says, and writing goes on', async (t) => {
  const trial = open(t);
  await trial.pod.write(() => trial.append({ key: 'a', body: 1 }));
  const commits = trial.commits.length;
  trial.pod.db.exec("CREATE TRIGGER broken BEFORE UPDATE OF sig ON entries BEGIN SELECT RAISE(ABORT, 'the disk says no'); END");
  const outcomes = await Promise.allSettled(['a', 'b'].map((key) => trial.pod.write(() => trial.append({ key, body: 2, audience: 'only-me' }))));
  assert.deepEqual(outcomes.map(({ status }) => status), ['rejected', 'rejected']);
  assert.equal(trial.commits.length, commits, 'nobody was told');
  assert.deepEqual(verifyPod(trial.suite, trial.pod), [1]);
  trial.pod.db.exec('DROP TRIGGER broken');
  await trial.pod.write(() => trial.append({ key: 'b', body: 3 }));
  assert.deepEqual(live(trial).map(({ key, body }) => key + body), ['a1', 'b3']);
  assert.deepEqual(verifyPod(trial.suite, trial.pod), [2]);
});

test('writes under way when the pods are closed are done, later ones refused', async (t) => {
  const trial = open(t);
  const { pod } = trial;
  const write = pod.write(() => trial.append({ key: 'a', body: 1 }));
  trial.pods.close();
  await write;
  await assert.rejects(pod.write(() => 1), { code: 'closed' });
  trial.reopen();
  assert.deepEqual(live(trial).map(({ key }) => key), ['a']);
});

test('a pod that is opened again is the same', async (t) => {
  const trial = open(t);
  await trial.pod.write(() => { for (const audience of ['everyone', 'only-me']) trial.append({ key: audience, body: 1, audience }); });
  await trial.pod.write(() => trial.append({ key: 'everyone', op: 'remove' }));
  const state = () => [...trial.pod.personas.values()].map(({ lanes, ...rest }) => ({ ...rest, lanes: lanes.map(({ ref, audience, device, seq, lane, chain }) => ({ ref, audience, device, seq, lane: toBase64Url(lane), chain: toBase64Url(chain) })) }));
  const before = structuredClone(state());
  trial.reopen();
  assert.deepEqual(state(), before);
  await trial.pod.write(() => trial.append({ key: 'next', body: 2 }));
  assert.deepEqual(verifyPod(trial.suite, trial.pod), [3, 1]);
});

test('a clock behind the last record counts on; a day behind refuses, until it is right again', async (t) => {
  const trial = open(t);
  const at = () => trial.pod.write(() => trial.append({ key: 'a', body: 1 }).at);
  const first = await at();
  assert.equal(clockMs(first), trial.clock.ms);
  trial.clock.ms -= 3_600_000;
  const second = await at();
  assert.ok(second > first);
  trial.reopen();
  assert.ok(await at() > second);
  trial.clock.ms -= 86_400_000;
  await assert.rejects(at(), { code: 'clock_behind' });
  trial.clock.ms += 90_000_000 + 5;
  assert.equal(clockMs(await at()), trial.clock.ms);
  assert.deepEqual(verifyPod(trial.suite, trial.pod), [4]);
});

test('a key log that is damaged, unreadable or somebody else\'s refuses the pod', (t) => {
  const damages: [string, (trial: TrialPods) => void][] = [
    ['a bit', ({ pod }) => pod.db.exec(`UPDATE statements SET signed = replace(signed, '"height":1', '"height":7')`)],
    ['a cut', ({ pod }) => pod.db.exec('UPDATE statements SET signed = substr(signed, 1, 40) WHERE height = 2')],
    ['a gap', ({ pod }) => pod.db.exec('DELETE FROM statements WHERE height = 0')],
    ['all gone', ({ pod }) => pod.db.exec('DELETE FROM statements')],
    ['another', ({ pod, suite }) => newPersona(suite, toBase64Url(suite.publicKey(suite.random(32)))).keyLog
      .forEach((signed, height) => pod.db.prepare('UPDATE statements SET signed = ? WHERE height = ?').run(JSON.stringify(signed), height))],
  ];
  for (const [name, damage] of damages) {
    const trial = open(t);
    damage(trial);
    trial.reopen();
    assert.throws(() => trial.pod, { code: 'pod_damaged' }, name);
    const [once, again] = [1, 2].map(() => { try { return trial.pod; } catch (error) { return error; } });
    assert.equal(once, again, 'it is not read again until the house starts anew');
  }
});

test('a pod is made whole or not at all, and never over another one', (t) => {
  const trial = open(t);
  assert.throws(() => trial.pods.create(trial.fresh), { code: 'pod_exists' });
  trial.reopen();
  assert.throws(() => trial.pods.create(trial.fresh), { code: 'pod_exists' });
  assert.equal(trial.pod.personas.size, 1, 'the one that was there is unhurt');
  const other = newPersona(trial.suite, trial.pod.personas.get(trial.persona)!.device);
  assert.throws(() => trial.pods.create({ ...trial.fresh, id: 'second', persona: other.persona }), { code: 'wrong_persona' });
  assert.throws(() => trial.pods.create({ ...trial.fresh, id: 'second', keyLog: other.keyLog.slice(1) }), { name: 'Refusal' });
  assert.equal(existsSync(join(trial.folder, 'second.db')), false);
  trial.pods.drop(POD);
  assert.equal(existsSync(join(trial.folder, `${POD}.db`)), false);
  trial.pods.drop(POD);
});

test('the offer of a removal stays when its key is written anew; a change of audience takes no offer into the remove', async (t) => {
  const trial = openTrialPods();
  t.after(trial.close);
  const author = `c${'b'.repeat(52)}`;
  const offer = { hash: Buffer.alloc(32, 1).toString('base64url'), text: '{"said":"remove it"}' };
  const removed = await trial.pod.write(() => { trial.append({ key: 'a', body: 1 }); return trial.append({ key: 'a', op: 'remove', author, offer }); });
  await trial.pod.write(() => trial.append({ key: 'a', body: 2 }));
  assert.equal(trial.pod.sql.removal.get(removed.lane, removed.seq)?.offer, offer.text);
  const moved = await trial.pod.write(() => { trial.append({ key: 'b', body: 1 }); return trial.append({ key: 'b', body: 1, audience: 'only-me', author, offer }); });
  const envelopes = trial.pod.sql.lanes.all(1).flatMap(({ ref }) => trial.pod.sql.entries.all(ref)).map(({ envelope }) => envelope ?? '').filter((text) => text.includes(keyOf('b')));
  assert.equal(moved.author, author);
  assert.deepEqual(envelopes.map((text) => [JSON.parse(text).op, JSON.parse(text).author ?? null]).toSorted(), [['put', author], ['remove', null]]);
});

test('a snapshot is of the moment at which it was taken, however late it is read', async (t) => {
  const trial = open(t);
  await trial.pod.write(() => { trial.append({ key: 'a', body: 'before' }); });
  const { sql, close } = trial.pods.snapshot(POD);
  await trial.pod.write(() => { trial.append({ key: 'b', body: 'after' }); });
  const { ref } = trial.pod.personas.get(trial.persona)!;
  const seen = sql.rows.all(ref, 'notes', 'lines').map(({ body }) => body);
  close();
  assert.deepEqual([seen, live(trial).length], [['"before"'], 2]);
});
