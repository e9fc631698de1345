import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { makeApart } from '../sqlite/apart.ts';
import { openTrialPods, POD, verifyPod, type TrialPods } from '../testing/pods.ts';

const SECRET = 'what nobody shall ever read again';
const filesWith = ({ folder }: TrialPods, text: string): string[] => readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(text));
const logSize = ({ folder }: TrialPods): number => statSync(join(folder, `${POD}.db-wal`)).size;

/** Polls, since a file tells nobody that it shrank. */
async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!holds()) {
    assert.ok(Date.now() < end, 'it never came');
    await wait(10);
  }
}

test('what was erased stands in no file soon after, and the emptied log goes on as before', async (t) => {
  const trial = openTrialPods({ sweepMs: 40 });
  t.after(() => trial.close());
  for (const round of [1, 2, 3]) {
    await trial.pod.write(() => { trial.append({ key: 'secret', body: { text: `${SECRET} ${round}` } }); });
    await trial.pod.write(() => { trial.append({ key: 'kept', body: { text: `kept ${round}` } }); });
    await trial.pod.write(() => { trial.append({ key: 'secret', op: 'remove' }); });
    await until(() => logSize(trial) === 0);
    assert.deepEqual(filesWith(trial, SECRET), []);
    assert.deepEqual(filesWith(trial, `kept ${round}`), [`${POD}.db`]);
  }
  assert.deepEqual(verifyPod(trial.suite, trial.pod), [9]);
  trial.reopen();
  assert.deepEqual(verifyPod(trial.suite, trial.pod), [9]);
});

test('a busy pod has its log emptied, too, though it never rests', async (t) => {
  const trial = openTrialPods({ sweepMs: 40 });
  t.after(() => trial.close());
  await trial.pod.write(() => { trial.append({ key: 'secret', body: { text: SECRET } }); });
  await trial.pod.write(() => { trial.append({ key: 'secret', op: 'remove' }); });
  let n = 0;
  while (filesWith(trial, SECRET).length > 0) {
    assert.ok(n++ < 5000, 'it never came');
    await trial.pod.write(() => { trial.append({ key: `busy ${n % 9}`, body: { text: 'busy' } }); });
  }
  assert.ok(verifyPod(trial.suite, trial.pod).every((found) => typeof found === 'number'));
});

test('a slow reader is not waited for; when it has gone, the log is emptied', async (t) => {
  const trial = openTrialPods({ sweepMs: 40 });
  t.after(() => trial.close());
  await trial.pod.write(() => { trial.append({ key: 'secret', body: { text: SECRET } }); });
  const look = trial.pods.snapshot(POD);
  assert.equal(look.sql.last.get()?.pos, 1);
  await trial.pod.write(() => { trial.append({ key: 'secret', op: 'remove' }); });
  const begun = performance.now();
  await wait(400);
  assert.ok(performance.now() - begun < 1400, 'the sweep waited on the thread that the reader is on');
  assert.notDeepEqual(filesWith(trial, SECRET), []);
  look.close();
  await until(() => logSize(trial) === 0);
  assert.deepEqual(filesWith(trial, SECRET), []);
});

test('while somebody else writes to the file, it is read, and its own writes wait and come after', async (t) => {
  const trial = openTrialPods({ sweepMs: 40 });
  t.after(() => trial.close());
  await trial.pod.write(() => { trial.append({ key: 'kept', body: { text: 'kept' } }); trial.append({ key: 'secret', body: { text: SECRET } }); });
  const order: string[] = [], apart = makeApart();
  t.after(apart.end);
  const first = trial.pod.apart(async (path) => {
    void trial.pod.write(() => { order.push('own'); });
    const gone = await apart.erase(path, { sql: ["DELETE FROM rows WHERE body LIKE '%nobody%' AND service = $service"], values: { service: 'notes', unused: 1 }, forMs: Infinity });
    assert.deepEqual([gone, trial.pod.sql.rows.all(trial.pod.personas.get(trial.persona)!.ref, 'notes', 'lines').length], [1, 1], 'what it wrote is read at once');
    await apart.rewrite(path);
    order.push('apart');
  });
  await Promise.all([first, trial.pod.apart(async () => { order.push('the next one'); })]);
  await trial.pod.idle();
  assert.deepEqual(order.filter((what) => what !== 'the next one'), ['apart', 'own']);
  await until(() => logSize(trial) === 0);
  assert.deepEqual([filesWith(trial, 'kept').length, filesWith(trial, SECRET).length], [1, 0]);
  await assert.rejects(trial.pod.apart(async () => { throw new TypeError('stop'); }), TypeError);
  await trial.pod.write(() => { trial.append({ key: 'later', body: { text: 'later' } }); });
  await assert.rejects(apart.erase(join(trial.folder, 'none.db'), { sql: [], values: {}, forMs: 0 }), { code: 'file_work_failed' });
  assert.equal(existsSync(join(trial.folder, 'none.db')), false);
});
