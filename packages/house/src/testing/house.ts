import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHouse, type OpenHouse } from '../compose.ts';
import type { Caller } from '../firewall/caller.ts';
import { newBrowser, type Browser } from './keys.ts';
import { quickPassphrases } from './passphrases.ts';

/** Somebody signed in. */
export type Person = Caller & { persona: string };

/** A real house without doors, in a folder of its own, with a clock that tests move. */
export interface TrialHouse {
  folder: string;
  /** The open house; another one after `reopen`. */
  readonly house: OpenHouse;
  /** Callers by handle. */
  people: Readonly<Record<string, Person>>;
  /** What each one's own browser holds. */
  browsers: Readonly<Record<string, Browser>>;
  clock: { ms: number };
  /** What was reported where nobody asked. */
  errors: unknown[];
  /** Ends the process of the house, as far as files go; the folder may be changed until `open`. */
  shut(): Promise<void>;
  open(): Promise<void>;
  /** Path of somebody's pod file. */
  podFile(handle: string): string;
  /** Closes and removes everything; to be given to `after`. */
  close(): Promise<void>;
}

const START = 1_800_000_000_000;

/** Founds a house by the first handle and lets the others join. */
export async function openTrialHouse(handles: readonly string[]): Promise<TrialHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'ch-house-'));
  const clock = { ms: START };
  const errors: unknown[] = [];
  const start = () => openHouse({ data: folder }, (error) => { errors.push(error); }, () => clock.ms, { passphrases: quickPassphrases() });
  let house: OpenHouse | null = await start();
  const current = (): OpenHouse => house!;
  const settled = await settle(current(), handles);
  const people = Object.fromEntries(settled.map(({ handle, person }) => [handle, person]));
  const browsers = Object.fromEntries(settled.map(({ handle, browser }) => [handle, browser]));
  const shut = async () => { await house?.close(); house = null; };
  return {
    folder, people, browsers, clock, errors, shut,
    get house() { return current(); },
    open: async () => { house = await start(); },
    podFile: (handle) => join(folder, 'pods', `${current().household.byHandle(handle)!.pod}.db`),
    close: async () => { await shut(); rmSync(folder, { recursive: true, force: true }); },
  };
}

interface Settled { handle: string; person: Person; browser: Browser }

async function settle({ household }: OpenHouse, handles: readonly string[]): Promise<Settled[]> {
  const [first = 'ada', ...others] = handles;
  const person = (handle: string) => ({ handle, name: `${handle} of the choir`, passphrase: `the passphrase of ${handle}` });
  const from = '::1';
  const code = household.setupCode()!;
  const founding = newBrowser(household.prepare({ code, from }));
  const founder = await household.setup({ code, house: { title: 'Choir' }, person: person(first), keyLog: founding.chain, from });
  const { invite } = household.invite(founder.persona, {});
  const joined = await Promise.all(others.map(async (handle) => {
    const browser = newBrowser(household.prepare({ invite, from }));
    return { browser, welcome: await household.join({ invite, person: person(handle), keyLog: browser.chain, from }) };
  }));
  return [{ browser: founding, welcome: founder }, ...joined].map(({ browser, welcome: { handle, persona, session } }) =>
    ({ handle, browser, person: { kind: 'person', persona, session } }));
}
