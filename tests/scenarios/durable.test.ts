import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { test } from 'node:test';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { found, join } from '../support/people.ts';
import { attach, noStrace } from '../support/strace.ts';

const POSTS = 60;

test('a trace of the system calls shows no acknowledgement before the sync of what it acknowledges, and no sync of a post on the thread of all', async (t) => {
  const missing = noStrace();
  if (missing !== null) { t.skip(missing); return; }
  const data = tempFolder(t, 'durable');
  const trace = joinPath(tempFolder(t, 'trace'), 'trace');
  const before = await startHouse(t, { data });
  const { session } = await found(before);
  await before.stop();
  // Traced from the first write to a pod that was opened anew.
  const house = await startHouse(t, { data, port: before.port });
  const ada = { client: house.client(session) };
  const detach = await attach(t, house.pid, ['-y', '-s', '64', '-e', 'trace=pwrite64,pwritev,write,writev,sendto,fdatasync,fsync', '-o', trace]);
  for (let i = 0; i < POSTS; i++) await ada.client.microblog.post({ text: `traced ${i}`, audience: 'house' }, `traced-${i}`);
  await detach();
  await house.stop();
  const text = readFileSync(trace, 'utf8');
  const { acknowledged, early } = judge(text);
  assert.ok(acknowledged >= POSTS, `the trace shows ${acknowledged} of ${POSTS} answers`);
  assert.deepEqual(early, []);
  const answers = text.slice(0, text.lastIndexOf('HTTP/1.1 201')).split('\n');
  assert.deepEqual(answers.filter((line) => /^\d+\s+f(data)?sync\(.*pods/.test(line) && Number.parseInt(line) === house.pid), []);
  assert.ok(answers.some((line) => /fsync\(\d+<[^>]*pods>/.test(line)), 'the place of the new log in its folder was never synced');
});

test('a disk that fails to sync is told to the writer, not taken for a yes; that pod takes no more, the others do, and a start brings it back', async (t) => {
  const missing = noStrace();
  if (missing !== null) { t.skip(missing); return; }
  const data = tempFolder(t, 'failing');
  const house = await startHouse(t, { data });
  const ada = await found(house);
  const bob = await join(house, (await ada.client.invites.make()).invite, 'bob');
  for (const { client } of [ada, bob]) await client.microblog.post({ text: 'while the disk is well', audience: 'house' }, 'well');
  const stopFailing = await attach(t, house.pid, ['-e', 'trace=fdatasync', '-e', 'inject=fdatasync:error=EIO', '-o', '/dev/null']);

  await assert.rejects(ada.client.microblog.post({ text: 'lost?', audience: 'house' }, 'lost'), { status: 503, code: 'disk_failed' });
  await stopFailing();
  await assert.rejects(ada.client.microblog.post({ text: 'more', audience: 'house' }, 'more'), { status: 503, code: 'disk_failed' });
  await bob.client.microblog.post({ text: 'others go on', audience: 'house' }, 'on');
  assert.ok((await ada.client.microblog.house()).items.some(({ body }) => body.text === 'others go on'));
  await house.kill();

  const again = await startHouse(t, { data, port: house.port });
  await again.client(ada.session).microblog.post({ text: 'more', audience: 'house' }, 'more');
  const texts = (await again.client(ada.session).microblog.house()).items.map(({ body }) => body.text);
  for (const text of ['while the disk is well', 'others go on', 'more']) assert.ok(texts.includes(text), text);
  await again.stop();
});

/** Reads a trace in its order: bytes written to a pod's log are in danger until a sync of it, begun later, has ended. */
function judge(trace: string): { acknowledged: number; early: string[] } {
  const open = new Map<string, string>();
  const endangered = new Set<string>();
  const inSync = new Set<string>();
  const early: string[] = [];
  let acknowledged = 0;
  for (const line of trace.split('\n')) {
    const [, thread = '', call = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    const log = /pods\/[^>]*\.db-wal/.exec(call)?.[0];
    if (/^pwritev?(64)?\(/.test(call) && log) { endangered.add(log); inSync.delete(log); }
    if (/^f(data)?sync\(/.test(call) && log) {
      inSync.add(log);
      if (call.includes('unfinished')) open.set(thread, log); else if (call.endsWith('= 0')) safe(log);
    }
    if (/^<\.\.\. f(data)?sync resumed>.*= 0$/.test(call)) { safe(open.get(thread) ?? ''); open.delete(thread); }
    if (/^(write|writev|sendto)\(.*HTTP\/1\.1 201/.test(call)) {
      acknowledged++;
      if (endangered.size > 0) early.push(call.slice(0, 120));
    }
  }
  return { acknowledged, early };

  function safe(log: string): void { if (inSync.delete(log)) endangered.delete(log); }
}
