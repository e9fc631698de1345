import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmdirSync } from 'node:fs';
import { test } from 'node:test';
import { openTrialHouse } from '../testing/house.ts';

test('a pod that could not be opened at the start is taken in once it can be', async (t) => {
  const trial = await openTrialHouse(['ada', 'bob']);
  t.after(() => trial.close());
  const { ada, bob } = trial.people;
  const texts = async () => (JSON.parse(await trial.house.microblog.houseTimeline(ada!, { first: 50 })) as { items: { body: { text: string } }[] }).items.map(({ body }) => body.text);
  await trial.house.microblog.post(bob!, { text: 'unseen by the views', audience: 'house' });
  const path = trial.podFile('bob');
  await trial.shut();
  renameSync(path, `${path}.away`);
  mkdirSync(path);
  await trial.open();
  await trial.house.views.reindex(() => {}).catch(() => {});
  assert.deepEqual(await texts(), [], 'others go on meanwhile');
  assert.ok(trial.errors.length > 0);
  rmdirSync(path);
  renameSync(`${path}.away`, path);
  assert.deepEqual(await texts(), ['unseen by the views']);
});
