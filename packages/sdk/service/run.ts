import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Refusal, type Contract } from '@commonhold/core';
import type { Rotations } from '../contract/rotations.ts';
import { serveService, type Host, type Routes } from './host.ts';
import { installService, rotateService } from './install.ts';
import { makeMembers, type Members } from './members.ts';
import { untilSignal } from './signal.ts';

/** What the parts of a running service are made of. `data`: its folder. `houses`: those that it was told of. */
export interface Running { contract: Contract; members: Members; data: string; houses: readonly string[] }

/** A service as a program. `templates`: the contract of each version, oldest first (see `installService`). */
export interface Program {
  title: string;
  /** What its folder is called where nothing else is said, and the port. */
  data: string;
  port: number;
  templates: readonly string[];
  /** Opens what the service keeps and answers its routes; what `close` is given is done at the end. */
  open(of: Running, close: (done: () => void) => void): Routes;
}

interface Asked { data: string; port: number; houses: string[]; origin: string; version: number; rotate: boolean }

/** Runs a service from the command line until it is asked to end. What was asked wrongly is said, with exit code 2. */
export async function runService(program: Program, words: readonly string[] = process.argv.slice(2)): Promise<void> {
  const usage = usageOf(program);
  if (words.includes('--help') || words.includes('-h')) { process.stdout.write(usage); return; }
  try { await run(program, asked(program, words)); } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n${error.code === 'bad_usage' ? usage : ''}`);
    process.exitCode = error.code === 'bad_usage' ? 2 : 1;
  }
}

async function run({ title, templates, open }: Program, { data, port, houses, origin, version, rotate }: Asked): Promise<void> {
  if (rotate) { sayRotated(title, rotateService(data)); return; }
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const { seed, contracts, ended, rotations } = installService({ folder: data, templates, version, origins: [origin] });
  const contract = contracts.at(-1)!;
  const ends: (() => void | Promise<void>)[] = [];
  const members = makeMembers({ contracts, seed, ended, known: houses });
  try {
    const host = await served({ contract, rotations, routes: open({ contract, members, data, houses }, (done) => { ends.unshift(done); }), port });
    ends.unshift(async () => { await host[Symbol.asyncDispose](); });
    process.stdout.write(`${title}, version ${contract.version}, is at ${origin}\nIts contract is at ${origin}/.well-known/commonhold-contract: paste ${origin} under "Services" in your house.\n`);
    await untilSignal();
  } finally { for (const end of ends) await end(); }
}

const sayRotated = (title: string, { version }: Contract): void => {
  process.stdout.write(`${title} has another key, and the one before has signed for it: that is version ${version} of its contract. Start it again.\nNobody is moved to it by themselves: everybody who joined is asked. Keep the whole folder, the ended keys too.\n`);
};

async function served(of: { contract: Contract; rotations: Rotations; routes: Routes; port: number }): Promise<Host> {
  try { return await serveService(of); } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Refusal('conflict', 'port_taken', `Something else listens at port ${of.port}. Choose another with --port.`);
  }
}

const usageOf = ({ data, port, templates }: Program): string => [
  'Options:',
  `  --data FOLDER   its key, its contract and what it keeps (${data})`,
  `  --port N        where it listens (${port})`,
  '  --house URL     a house on this machine or in its network; may be said again (http://localhost:4300)',
  '  --origin URL    the address that people see (http://localhost:PORT)',
  `  --version N     the version of its contract (${templates.length})`,
  '  --rotate        gives it another key, which the one before signs for, and ends', '',
].join('\n');

function asked(program: Program, words: readonly string[]): Asked {
  const values = parsed(words);
  const port = wholeOf(values.port ?? String(program.port), 1, 65_535, '--port');
  return {
    data: values.data ?? program.data, port, houses: (values.house ?? ['http://localhost:4300']).map((one) => originOf(one, '--house')), origin: originOf(values.origin ?? `http://localhost:${port}`, '--origin'),
    version: wholeOf(values.version ?? String(program.templates.length), 1, program.templates.length, '--version'), rotate: values.rotate === true,
  };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: { data: { type: 'string' }, port: { type: 'string' }, house: { type: 'string', multiple: true }, origin: { type: 'string' }, version: { type: 'string' }, rotate: { type: 'boolean' } } }).values;
  } catch (cause) { throw wrong((cause as Error).message.split('. ')[0]!, cause); }
}

const wrong = (message: string, cause?: unknown): Refusal => new Refusal('invalid', 'bad_usage', message.endsWith('.') ? message : `${message}.`, { cause });

function wholeOf(text: string, least: number, most: number, name: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) throw wrong(`${name} is a number from ${least} to ${most}`);
  return value;
}

function originOf(text: string, name: string): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) throw wrong(`${name} is an address like https://house.example`);
  return url.origin;
}
