import { AssertionError } from 'node:assert';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { freePort } from './house-process.ts';

/** A service of `services/` in its own process. */
export interface ServiceProcess { origin: string; port: number; /** SIGTERM; resolves when it is gone. */ stop(): Promise<void> }

const READY_MS = 30_000;

/** Starts a service (or another program that serves one, `main`) with its folder, for one house, and resolves once it says where it is. */
export async function startService(t: { after(fn: () => Promise<unknown>): void }, name: string, { data, house, port, args = [], main = resolve(import.meta.dirname, '../../services', name, 'main.ts') }: { data: string; house: string; port?: number; args?: string[]; main?: string }): Promise<ServiceProcess> {
  const at = port ?? await freePort();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, '--data', data, '--port', String(at), '--house', house, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  await new Promise<void>((done, fail) => {
    const give = (): void => fail(new AssertionError({ message: `${name} did not start:\n${said}` }));
    const late = setTimeout(give, READY_MS);
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { said += String(chunk); if (said.includes('/.well-known/')) { clearTimeout(late); done(); } });
    child.once('exit', () => { clearTimeout(late); give(); });
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  };
  t.after(stop);
  return { origin: `http://localhost:${at}`, port: at, stop };
}
