import { AssertionError } from 'node:assert';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type Client } from '@commonhold/sdk';
import { programFor } from './program.ts';

const READY_MS = 30_000;

/** A real house in its own process, with its own folder and port. */
export interface HouseProcess {
  url: string;
  port: number;
  /** The process; with `inside`, the one that entered the namespace and became the house. */
  pid: number;
  /** The one-time code, while the house is not founded. */
  code: string | null;
  /** Everything it has printed. */
  output(): string;
  /** Resolves with the output once it matches. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** To the program given as `main`. */
  send(message: unknown): void;
  client(session?: string): Client;
}

/** How to start: `inside` runs it within a network namespace; `main` is another program that starts a house, and can be sent messages. */
export interface StartOptions { data: string; port?: number; args?: string[]; inside?: string; env?: Record<string, string>; main?: string }

/** A folder that the test removes when it ends. */
export function tempFolder(t: { after(fn: () => void): void }, name = 'house'): string {
  const folder = mkdtempSync(join(tmpdir(), `commonhold-${name}-`));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts a house and resolves once it says where it is. Rejects with its output when it ends before that. */
export async function startHouse(t: { after(fn: () => Promise<unknown>): void }, options: StartOptions): Promise<HouseProcess> {
  const port = options.port ?? await freePort();
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', options.main ?? programFor(options.env), 'start', ...(options.args ?? [])];
  const [file = '', ...args] = options.inside ? ['ip', 'netns', 'exec', options.inside, ...command] : command;
  const child = spawn(file, args, {
    env: { ...process.env, COMMONHOLD_DATA: options.data, COMMONHOLD_PORT: String(port), ...options.env }, stdio: ['ignore', 'pipe', 'pipe', ...(options.main === undefined ? [] : ['ipc' as const])],
  });
  const output = collect(child);
  const house: HouseProcess = {
    url: `http://localhost:${port}`, port, pid: child.pid ?? 0, code: null, output: output.text, printed: output.printed,
    stop: () => end(child, 'SIGTERM'),
    kill: async () => { await end(child, 'SIGKILL'); },
    send: (message) => { child.send(message as object); },
    client: (session) => createClient({ base: `http://localhost:${port}`, ...(session === undefined ? {} : { session }) }),
  };
  t.after(() => end(child, 'SIGKILL'));
  const [line] = await output.printed(new RegExp(`http://localhost:${port}\\S*`));
  return { ...house, code: /#(\S+)/.exec(line)?.[1] ?? null };
}

function collect(child: ChildProcess): Pick<HouseProcess, 'printed'> & { text(): string } {
  let text = '';
  const waiting = new Set<() => void>();
  const tell = () => { for (const wake of waiting) wake(); };
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => { text += chunk.toString(); tell(); });
  child.once('exit', tell);
  return {
    text: () => text,
    printed: (pattern) => new Promise((done, fail) => {
      const give = (why: string) => { finish(); fail(new AssertionError({ message: `the house ${why}:\n${text}` })); };
      const timer = setTimeout(() => give(`did not print ${pattern} in time`), READY_MS);
      const finish = () => { clearTimeout(timer); waiting.delete(look); };
      const look = () => {
        const match = pattern.exec(text);
        if (match) { finish(); done(match); } else if (child.exitCode !== null || child.signalCode !== null) give('ended');
      };
      waiting.add(look);
      look();
    }),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
  return child.exitCode;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
