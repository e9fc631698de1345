import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { backedUp, backupsTo } from '../support/backups.ts';
import { failedCli, runCli } from '../support/cli.ts';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { found, join as moveIn, signIn } from '../support/people.ts';
import { wholeTimeline } from '../support/writers.ts';

const NEWER = pathToFileURL(join(import.meta.dirname, '../../packages/house/src/testing/newer.ts'));

/** A version to come, as the environment of a process. */
const newer = (way: string): Record<string, string> => ({ NODE_OPTIONS: `--import ${NEWER}?${way}` });

/** Starts the house of a folder for as long as it takes to read its timeline. */
async function timelineOf(t: TestContext, data: string, env: Record<string, string> = {}): Promise<string[]> {
  const house = await startHouse(t, { data, env });
  const posts = [...(await wholeTimeline(await signIn(house, 'ada'))).values()];
  assert.doesNotMatch(house.output(), /trouble|fault/);
  await house.stop();
  return posts;
}

async function settled(t: TestContext): Promise<{ data: string; place: string; words: string; posts: string[] }> {
  const data = join(tempFolder(t, 'upgrade'), 'data'), place = join(tempFolder(t, 'place'), 'backups');
  const house = await startHouse(t, { data });
  const ada = await found(house);
  const bob = await moveIn(house, (await ada.client.invites.make()).invite, 'bob');
  for (const [n, { client }] of [ada, bob, bob, ada].entries()) await client.microblog.post({ text: `Before ${n}`, audience: 'house' }, `before-${n}-0000`);
  await backupsTo(ada, place);
  await backedUp(ada);
  const { words } = await ada.client.house.kit();
  // Killed, so that there are logs beside the files.
  await house.kill();
  return { data, place, words: words.join(' '), posts: ['Before 3', 'Before 2', 'Before 1', 'Before 0'] };
}

test('an upgrade that does not work, does not open or is killed leaves the folder as it was', async (t) => {
  const { data, posts } = await settled(t);
  for (const [way, why] of [
    ['does-not-work', /a step towards this version does not work/], ['does-not-open', /the house does not open with it/],
  ] as const) {
    const { code, said } = await failedCli(['start'], { data, env: newer(way) });
    assert.equal(code, 1, said);
    assert.match(said, why);
    assert.match(said, /Nothing of it was changed: start the version from before/);
    assert.deepEqual(['upgrading', 'before-upgrade', 'upgrade.step'].filter((name) => existsSync(join(data, name))), [], way);
  }
  for (const way of ['dies-at-it', 'dies-on-trial']) await assert.rejects(runCli(['start'], { data, env: newer(way) }), { signal: 'SIGKILL' });
  assert.ok(existsSync(join(data, 'before-upgrade')), 'it died too early to be on trial');
  assert.deepEqual(await timelineOf(t, data), posts);
  await runCli(['verify', data], { data });
  assert.ok(!existsSync(join(data, 'before-upgrade')));
});

test('an upgrade keeps what was; the older version refuses the newer folder and its backups with a sentence, and can have back what was', async (t) => {
  const { data, place, words, posts } = await settled(t);
  const house = await startHouse(t, { data, env: newer('works') });
  assert.match(house.output(), /of an older version. It is brought up to date; what it was is kept for three days/);
  const ada = await signIn(house, 'ada');
  assert.deepEqual([...(await wholeTimeline(ada)).values()], posts);
  await ada.client.microblog.post({ text: 'After', audience: 'house' }, 'after-00000001');
  const late = join(tempFolder(t, 'late'), 'backups');
  await backupsTo(ada, late);
  await backedUp(ada);
  await house.stop();
  assert.deepEqual(await timelineOf(t, data, newer('works')), ['After', ...posts]);

  const older = await failedCli(['start'], { data });
  assert.equal(older.code, 1);
  assert.match(older.said, /^This data folder was written by a newer Commonhold .* Start the newer version, or go back/);
  const empty = join(tempFolder(t, 'empty'), 'data');
  const { said } = await failedCli(['restore', late, '--data', empty], { data: empty, input: words });
  assert.match(said, /This backup was made by a newer Commonhold/);
  // And a backup from before the upgrade comes back with the newer version.
  await runCli(['restore', place, '--data', empty], { data: empty, input: words, env: newer('works') });
  assert.deepEqual(await timelineOf(t, empty, newer('works')), posts);

  // The way back out of the app: the house closes, and the newer version does not take the folder in again by itself.
  const again = await startHouse(t, { data, env: newer('works') });
  const { client } = await signIn(again, 'ada'), { before } = await client.care.program();
  assert.ok(before && before.until > Date.now(), JSON.stringify(before));
  await client.care.goBack();
  await again.printed(/went back to what it was before the upgrade[^]*like: npx commonhold@0\.1\.0 start[^]*start --upgrade/);
  assert.deepEqual(await timelineOf(t, data), posts);
  const anew = await startHouse(t, { data, env: newer('works'), args: ['--upgrade'] });
  await anew.stop();
  await runCli(['restore', '--before-upgrade'], { data });
  assert.deepEqual(await timelineOf(t, data), posts);
});
