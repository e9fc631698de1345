import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fromBase64Url, Refusal, type Suite } from '@commonhold/core';
import { adoptRestored } from '../backup/adopt.ts';
import { backupsFor, openerOf, restoreHouse } from '../backup/restoring.ts';
import { fetchPod, type CameBack } from '../backup/one-pod.ts';
import { findPlace, type Opener } from '../backup/place.ts';
import { checkTarget, openTarget } from '../backup/settings.ts';
import type { TargetWish } from '../backup/target/target.ts';
import type { Config } from '../config/config.ts';
import { readEnv } from '../config/env.ts';
import { openDataFolder } from '../config/folder.ts';
import { makeNodeSuite } from '../crypto/node-suite.ts';
import { lockFolder } from '../folder/lock.ts';
import { readSeats, type HeldSeat } from '../household/seats.ts';
import { openReadOnly } from '../sqlite/read-only.ts';
import { undoUpgrade } from '../upgrade/upgrade.ts';
import type { Command, ExitCode } from './command.ts';
import { FOLDER, FOLDER_HELP } from './command.ts';
import { makeBar } from './progress.ts';
import { settingsOf } from './settings.ts';
import { UsageError } from './usage-error.ts';

/** `commonhold restore`: a whole house out of its backups, into a folder without one. */
export const command: Command = {
  summary: 'restores a house from its backups into an empty data folder',
  usage: 'PLACE [--pod HANDLE] [--backup ID] [--key FILE] [--list] [--data DIR] | --before-upgrade [--data DIR]',
  help: [
    'PLACE         the folder of the backups, or https://STORAGE/BUCKET[/PREFIX] (with COMMONHOLD_S3_KEY, COMMONHOLD_S3_SECRET, COMMONHOLD_S3_REGION)',
    '--pod HANDLE  one person\'s pod alone, in a house that is there and not running (one that runs: Settings, Backups); everything else stays as it is',
    '--backup ID   that one; the newest unless named',
    '--list        say which there are, restore nothing',
    '--key FILE    the file that "commonhold backup key" wrote; without it the 24 words of the house are asked for',
    '--before-upgrade  makes the data folder what it was before its last upgrade, for three days; what was written since is gone',
    ...FOLDER_HELP,
  ],
  options: { ...FOLDER, 'before-upgrade': { type: 'boolean' }, pod: { type: 'string' }, backup: { type: 'string' }, key: { type: 'string' }, list: { type: 'boolean' } },
  words: 1,
  run: async (given) => {
    if (given.values['before-upgrade'] === true) return beforeUpgrade(settingsOf(given).data);
    const [where] = given.words, { backup: id, key, list } = given.values;
    if (where === undefined) throw new UsageError('Where do the backups lie? Name their folder.');
    const config = settingsOf(given), { data } = config, suite = makeNodeSuite(), wish = wishOf(where);
    const opener = typeof key === 'string' ? keyIn(key) : openerOf(await askWords());
    if (list === true) {
      for (const { id: name, at, title, people } of await backupsFor(suite, data, wish, opener)) process.stdout.write(`${name}  ${dateOf(at)}, "${title}", ${people} ${people === 1 ? 'person' : 'people'}\n`);
      return 0;
    }
    const pod = given.values['pod'], wanted = typeof id === 'string' ? id : undefined;
    if (typeof pod === 'string') return onePod(suite, { config, handle: pod.toLowerCase().replace(/^@/, ''), wish, opener, id: wanted });
    openDataFolder(data);
    const lock = lockFolder(data), bar = makeBar('Restoring KiB');
    try {
      checkEmpty(data);
      const { at, files } = await restoreHouse(suite, { data, wish, opener, id: wanted }, (done, of) => bar.at({ done: Math.round(done / 1024), of: Math.ceil(of / 1024) }), new AbortController().signal).finally(() => bar.end());
      adoptRestored(data);
      process.stdout.write(`Restored: the house as it was on ${dateOf(at)} (${files} files, all checked), in ${data}.\nNext: see that the old machine is off, then start it here: npx commonhold start\n`);
      return 0;
    } finally { lock.release(); }
  },
};

interface PodWish { config: Config; handle: string; wish: TargetWish; opener: Opener; id: string | undefined }

async function onePod(suite: Suite, { config, ...wish }: PodWish): Promise<ExitCode> {
  const { data } = config, { handle } = wish;
  if (!existsSync(join(data, 'house.db'))) throw new Refusal('not_found', 'no_house', `There is no house in ${data}. Name its folder with --data.`);
  checkTarget(wish.wish, data);
  const { at, aside } = await fetched(suite, { data, ...wish });
  // Taken in as any start takes it in, so that its person is told, and finds it in their log.
  const { openOffline } = await import('../compose.ts');
  await (await openOffline(config))[Symbol.asyncDispose]();
  if (!existsSync(join(data, aside))) throw new Refusal('unavailable', 'backup_damaged', `The pod of ${handle} could not be put in its place. The one that was there is as it was. Restore an older backup.`);
  process.stdout.write(`Restored: the pod of ${handle} as it was on ${dateOf(at)}, all of it checked. What was there is in ${join(data, aside)}, for a fortnight.\nNext: start the house. ${handle} is asked there to let it write again; until then their pod can be read.\n`);
  return 0;
}

async function fetched(suite: Suite, { data, handle, wish, opener, id }: Omit<PodWish, 'config'> & { data: string }): Promise<CameBack> {
  const lock = lockFolder(data), bar = makeBar('Restoring KiB');
  try {
    const seat = seatOf(data, handle), place = await findPlace(suite, openTarget(wish), opener);
    return await fetchPod(suite, { data, place, seat, id, by: null }, (done, of, words) => { if (words === 'fetching') bar.at({ done: Math.round(done / 1024), of: Math.ceil(of / 1024) }); }, new AbortController().signal).finally(() => bar.end());
  } finally { lock.release(); }
}

function seatOf(data: string, handle: string): HeldSeat {
  const db = openReadOnly(join(data, 'house.db'));
  try {
    const seat = readSeats(db).find((one) => one.handle === handle && one.state === 'active');
    if (!seat) throw new Refusal('not_found', 'person_unknown', `Nobody in this house is called ${handle}.`);
    return seat;
  } finally { db.close(); }
}

function beforeUpgrade(data: string): ExitCode {
  openDataFolder(data);
  const lock = lockFolder(data);
  try { undoUpgrade(data); } finally { lock.release(); }
  process.stdout.write(`${data} is what it was before its upgrade. Start it with the version from before.\n`);
  return 0;
}

/** Refuses to put a house where somebody lives. */
function checkEmpty(data: string): void {
  if (!existsSync(join(data, 'house.db'))) return;
  const db = openReadOnly(join(data, 'house.db'));
  try {
    if (readSeats(db).length > 0) throw new Refusal('conflict', 'folder_lived_in', `People live in the house in ${data}. Name an empty folder with --data; nothing was changed.`);
  } finally { db.close(); }
}

function wishOf(where: string): TargetWish {
  const url = /^https?:\/\//.test(where) ? URL.parse(where) : null;
  if (!url) return { kind: 'folder', path: resolve(where) };
  const [bucket = '', ...prefix] = url.pathname.split('/').filter(Boolean).map(plain), { s3Key = '', s3Secret = '', s3Region = 'us-east-1' } = readEnv();
  return { kind: 's3', endpoint: url.origin, region: s3Region, bucket, prefix: prefix.join('/'), keyId: s3Key, secret: s3Secret };
}

// What no encoding makes sense of is meant as it stands.
function plain(part: string): string { try { return decodeURIComponent(part); } catch { return part; } }

function keyIn(path: string): Opener {
  const key = existsSync(path) ? fromBase64Url(readFileSync(path, 'utf8').trim(), 32) : null;
  if (!key) throw new Refusal('invalid', 'bad_key_file', `${path} is not a key file: "commonhold backup key" writes one.`);
  return { key };
}

/** The words from the terminal, or from whatever is piped in. */
async function askWords(): Promise<string[]> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  if (process.stdin.isTTY) process.stderr.write('The 24 words of the house, from its paper:\n');
  const words: string[] = [];
  for await (const line of lines) {
    words.push(...line.toLowerCase().split(/[^a-z]+/).filter(Boolean));
    if (words.length >= 24) break;
  }
  lines.close();
  return words;
}

const dateOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
