import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { found } from '../support/people.ts';

const POSTS = 60;

test('a trace of the system calls shows no acknowledgement before the sync of what it acknowledges', async (t) => {
  try { execFileSync('strace', ['-V'], { stdio: 'ignore' }); } catch { t.skip('the command strace is missing'); return; }
  const data = tempFolder(t, 'durable');
  const trace = join(tempFolder(t, 'trace'), 'trace');
  const house = await startHouse(t, { data });
  const ada = await found(house);
  // The first write of a pod syncs within SQLite and may have been the founding itself; trace from one onwards.
  const tracer = spawn('strace', ['-f', '-y', '-s', '64', '-e', 'trace=pwrite64,pwritev,write,writev,sendto,fdatasync,fsync', '-o', trace, '-p', String(house.pid)], { stdio: ['ignore', 'ignore', 'pipe'] });
  t.after(() => { tracer.kill('SIGKILL'); });
  await once(tracer.stderr, 'data');
  for (let i = 0; i < POSTS; i++) await ada.client.microblog.post({ text: `traced ${i}`, audience: 'house' }, `traced-${i}`);
  await house.stop();
  await once(tracer, 'exit');
  const { acknowledged, early } = judge(readFileSync(trace, 'utf8'));
  assert.ok(acknowledged >= POSTS, `the trace shows ${acknowledged} of ${POSTS} answers`);
  assert.deepEqual(early, []);
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
      if (call.includes('unfinished')) open.set(thread, log); else if (/= 0$/.test(call)) safe(log);
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
