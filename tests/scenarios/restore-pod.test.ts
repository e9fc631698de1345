import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { newRecovery, recoverySeed, signStatement, startKeyLog, statementHash, toBase64Url, type LaterStatement } from '@commonhold/core';
import { makeNodeSuite } from '@commonhold/house';
import { backedUp, backupsTo } from '../support/backups.ts';
import { failedCli, runCli } from '../support/cli.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, memberOf, signIn, type Member } from '../support/people.ts';
import { until } from '../e2e/steps.ts';
import { wholeTimeline } from '../support/writers.ts';

const suite = makeNodeSuite();

/** Somebody who joins with keys of their own, and what their device can sign. */
async function joinWithKeys(house: HouseProcess, invite: string): Promise<Member & { seed: Uint8Array }> {
  const client = house.client(), seed = suite.random(32);
  const { ticket, podDevice, house: of } = await client.house.prepare({ invite });
  const keyLog = startKeyLog(suite, { recoverySeed: recoverySeed(newRecovery(suite).entropy), deviceSeed: seed, podDevice, house: of });
  const welcome = await client.house.join({ invite, ticket, keyLog, person: { handle: 'bob', name: 'Bob', passphrase: 'correct horse battery staple' } });
  return { ...memberOf(house, welcome, 'bob'), seed };
}

test('one pod comes back from a backup, read at once, written when its person lets a new device in; no lane forks, nobody else loses a word', async (t) => {
  const data = join(tempFolder(t, 'data'), 'data'), place = join(tempFolder(t, 'place'), 'backups');
  const house = await startHouse(t, { data });
  const ada = await found(house), bob = await joinWithKeys(house, (await ada.client.invites.make()).invite);
  const words = (await ada.client.house.kit()).words.join(' ');
  await bob.client.microblog.post({ text: 'in the backup', audience: 'house' }, 'bob-00000001');
  await backupsTo(ada, place);
  await backedUp(ada);
  await bob.client.microblog.post({ text: 'after it', audience: 'house' }, 'bob-00000002');
  await ada.client.microblog.post({ text: 'of somebody else, after it', audience: 'house' }, 'ada-00000001');
  await house.stop();
  const path = readdirSync(join(data, 'pods')).map((name) => join(data, 'pods', name)).find((file) => readFileSync(file).includes('in the backup'))!;
  writeFileSync(path, Buffer.alloc(9000, 7));

  assert.match((await failedCli(['restore', place, '--pod', 'nobody'], { data, input: words })).said, /Nobody in this house is called nobody/);
  const { stdout } = await runCli(['restore', place, '--pod', '@bob'], { data, input: words });
  assert.match(stdout, /^Restored: the pod of bob .* all of it checked/);
  await runCli(['verify', data], { data });

  const again = await startHouse(t, { data, port: house.port });
  const back = await signIn(again, 'bob'), other = await signIn(again, 'ada');
  assert.deepEqual([...(await wholeTimeline(other)).values()].sort(), ['in the backup', 'of somebody else, after it']);
  assert.deepEqual((await back.client.care.notices()).notices.map(({ kind, by }) => [kind, by]), [['restored', null]]);
  await assert.rejects(back.client.microblog.post({ text: 'too early', audience: 'house' }, 'bob-00000003'), { code: 'house_device_waits' });
  const { waits, statements } = await back.client.keys.log();
  const add = { v: 1, type: 'add-device', persona: bob.persona, height: statements.length, prev: statementHash(suite, statements.at(-1)!.statement), by: toBase64Url(suite.publicKey(bob.seed)), device: waits!, capabilities: ['write'] } as unknown as LaterStatement;
  assert.equal((await back.client.keys.extend([signStatement(suite, add, [bob.seed])])).waits, undefined);
  const { key } = await back.client.microblog.post({ text: 'by the new device', audience: 'house' }, 'bob-00000004');
  await other.client.microblog.like({ persona: bob.persona, key });
  assert.deepEqual([...(await wholeTimeline(other)).values()].sort(), ['by the new device', 'in the backup', 'of somebody else, after it']);
  await again.stop();
  await runCli(['verify', data], { data });

  // Once more, in the house that runs: nobody can be asked whose pod cannot be read, and it comes back at once.
  writeFileSync(path, Buffer.alloc(9000, 7));
  const third = await startHouse(t, { data, port: house.port }), steward = await signIn(third, 'ada');
  const [backup] = (await steward.client.backups.list()).backups;
  const { offer, job } = await steward.client.backups.offerPod(backup!.id, bob.persona);
  assert.deepEqual([offer, job?.kind], [null, 'restore-pod']);
  await until(() => steward.client.microblog.by(bob.persona).then(({ items }) => items.map(({ body }) => body.text), () => []), (texts) => texts.length > 0);
  assert.deepEqual((await signIn(third, 'bob').then(({ client }) => client.care.notices())).notices.map(({ kind, by }) => [kind, by === null]), [['restored', false], ['restored', true]]);
  assert.ok((await wholeTimeline(steward)).size > 0);
  await third.stop();
});
