import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { backedUp, drilled } from '../support/backups.ts';
import { failedCli, runCli } from '../support/cli.ts';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { found, signIn } from '../support/people.ts';
import { startStorage } from '../support/s3.ts';
import { wholeTimeline } from '../support/writers.ts';

const KEEP = { daily: 7, weekly: 4, monthly: 6 };

test('backups to S3-compatible storage that checks signatures: made, tried, restored; wrong keys and a wrong bucket are sentences', async (t) => {
  const storage = await startStorage(t), data = tempFolder(t, 'data');
  const house = await startHouse(t, { data });
  const ada = await found(house);
  await ada.client.microblog.post({ text: 'kept far away', audience: 'house' }, 'far-00000001');
  const words = (await ada.client.house.kit()).words.join(' ');
  const to = (target: object) => ada.client.backups.setSettings({ on: false, hour: 4, keep: KEEP, target: { kind: 's3', ...storage, ...target } });
  await assert.rejects(to({ secret: 'not the secret' }), { code: 'target_denied' });
  await assert.rejects(to({ bucket: 'another-bucket' }), { code: 'target_gone' });
  await assert.rejects(to({ endpoint: 'http://127.0.0.1:9' }), { code: 'target_gone' });
  const { target } = await to({});
  assert.ok(target && !('secret' in target));
  const first = await backedUp(ada);
  assert.equal((await drilled(ada, first)).ok, true);
  await ada.client.microblog.post({ text: 'and this', audience: 'house' }, 'far-00000002');
  await backedUp(ada);
  const [last] = (await ada.client.backups.list()).backups;
  assert.ok(last!.added < last!.bytes);
  await house.kill();

  const again = join(tempFolder(t, 'again'), 'data'), place = `${storage.endpoint}/${storage.bucket}/${encodeURIComponent(storage.prefix)}`;
  const keys = { COMMONHOLD_S3_KEY: storage.keyId, COMMONHOLD_S3_REGION: storage.region };
  assert.match((await failedCli(['restore', place, '--data', again], { data: again, input: words, env: { ...keys, COMMONHOLD_S3_SECRET: 'wrong' } })).said, /may not be written|keys/);
  await runCli(['restore', place, '--data', again], { data: again, input: words, env: { ...keys, COMMONHOLD_S3_SECRET: storage.secret } });
  const back = await startHouse(t, { data: again });
  assert.deepEqual([...(await wholeTimeline(await signIn(back, 'ada'))).values()], ['and this', 'kept far away']);
});
