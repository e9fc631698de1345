import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Refusal } from '@commonhold/core';

/** Where a measured server listens, told once it does; the rest is its own. */
export interface Ready { port: number }
interface Usage { cpu: number }

/**
 * The measured server's side: says that it is ready, answers how much CPU it has used (µs), and ends with its parent.
 * `close` may take its time; the process ends when nothing is left to do.
 */
export function answerParent<R extends Ready>(ready: R, close: () => void | Promise<void>): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpu: user + system } satisfies Usage);
  });
  process.once('disconnect', () => void close());
  process.send?.(ready);
}

/** A server in a process of its own. */
export interface Measured<R extends Ready> {
  ready: R;
  /** CPU that its process has used so far, all threads, in µs. */
  cpu(): Promise<number>;
  /** Ends it, and waits until it is gone. */
  stop(): Promise<void>;
}

/** Starts a server script and waits until it listens. Refuses `server_ended` when it does not come to that. */
export async function startServer<R extends Ready>(script: string, args: string[]): Promise<Measured<R>> {
  const child = fork(script, args, { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ready = await answer<R>(child);
  return {
    ready,
    cpu: async () => {
      child.send('cpu');
      return (await answer<Usage>(child)).cpu;
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

async function answer<T>(child: ChildProcess): Promise<T> {
  const ended = new AbortController();
  const gone = once(child, 'exit', { signal: ended.signal }).then(() => {
    throw new Refusal('unavailable', 'server_ended', 'A measured server ended before its time; what it said stands above.');
  });
  gone.catch(() => {});
  try { return (await Promise.race([once(child, 'message', { signal: ended.signal }), gone]))[0] as T; } finally { ended.abort(); }
}
