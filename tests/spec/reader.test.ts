import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join as joinPath, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { runCli } from '../support/cli.ts';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { found, join } from '../support/people.ts';

const READER = resolve(import.meta.dirname, '../../spec/reader');
const python = ['/usr/bin/python3', 'python3'].find((name) => spawnSync(name, ['-c', 'import cryptography']).status === 0);
const run = (script: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(python!, ['-B', joinPath(READER, script), ...args], { encoding: 'utf8' });

describe('the Python reader', { skip: python ? false : 'no Python with the cryptography package (Debian: python3-cryptography)' }, () => {
  it('agrees with every vector', () => {
    const { status, stdout, stderr } = run('vectors.py');
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, /^[1-9]\d{2,} vectors checked, 0 differ$/m);
  });

  it('finds a pod of a real house good, and any change of it bad', async (t) => {
    const data = tempFolder(t, 'export');
    const house = await startHouse(t, { data });
    const ada = await found(house);
    const { invite } = await ada.client.invites.make();
    const ben = await join(house, invite, 'ben');
    const first = await ada.client.microblog.post({ text: 'Rehearsal at seven. 🎵\u2028', audience: 'house' }, 'one');
    await ben.client.microblog.post({ text: 'I will be late', audience: 'house', replyTo: { persona: ada.persona, key: first.key } }, 'two');
    const second = await ada.client.microblog.post({ text: 'For all to see', audience: 'everyone' }, 'three');
    await ada.client.microblog.remove(second.key);
    await ada.client.people.setProfile({ name: 'Ada', bio: 'Alto' });
    for (const follows of [true, false, true]) {
      await (follows ? ben.client.people.follow(ada.persona) : ben.client.people.unfollow(ada.persona));
      await arrived(async () => (await ada.client.people.get(ben.persona)).followsYou === follows);
    }
    const file = joinPath(data, 'ada.jsonl');
    writeFileSync(file, (await runCli(['export', 'ada', '--lines'], { data })).stdout);
    const good = run('pod.py', file);
    assert.equal(good.status, 0, good.stderr);
    assert.match(good.stdout, new RegExp(`persona +${ada.persona}`));
    assert.match(good.stdout, /microblog\.posts: 1$/m);
    assert.match(good.stdout, /people\.followers: 1$/m);
    const zip = joinPath(data, 'ada.zip');
    await runCli(['export', 'ada', '--out', zip], { data });
    const packed = run('pod.py', zip);
    // What is counted of deliveries may be one more by now.
    const said = (text: string): string => text.replace(/access log.*/, '');
    assert.equal(said(packed.stdout), said(good.stdout), packed.stderr);
    assert.equal(said((await runCli(['verify', zip], { data })).stdout), said(good.stdout));
    const changed = readFileSync(file, 'utf8').replace('seven', 'eight');
    writeFileSync(file, changed);
    const bad = run('pod.py', file);
    assert.equal(bad.status, 1);
    assert.match(bad.stderr, /^DAMAGED line \d+: wrong_body/);
  });
});

/** Asks again until a follower's word has been delivered. */
async function arrived(look: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) if (await look()) return;
  assert.fail('it never arrived');
}
