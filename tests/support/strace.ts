import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Why system calls cannot be traced here, or null. */
export function noStrace(): string | null {
  try { execFileSync('strace', ['-V'], { stdio: 'ignore' }); return null; } catch { return 'the command strace is missing'; }
}

/** Attaches strace to a process; resolves once it has. The answer detaches it, and resolves once that is done. */
export async function attach(t: { after(fn: () => void): void }, pid: number, options: string[]): Promise<() => Promise<void>> {
  const tracer = spawn('strace', ['-f', ...options, '-p', String(pid)], { stdio: ['ignore', 'ignore', 'pipe'] });
  t.after(() => { tracer.kill('SIGKILL'); });
  // Its first line on stderr says that it has.
  await once(tracer.stderr, 'data');
  tracer.stderr.resume();
  return async () => {
    const gone = tracer.exitCode === null && tracer.signalCode === null ? once(tracer, 'exit') : null;
    tracer.kill('SIGINT');
    await gone;
  };
}
