import { createHmac } from 'node:crypto';
import { frame, fromBase64Url, isObject, Refusal, toBase64Url, verifyKeyLog, type Signed, type Suite } from '@commonhold/core';
import type { Secrets } from '../config/secrets.ts';
import { makeBox, type Box } from './box.ts';
import { keyFor, lockKey, unlockKey } from './keys.ts';
import { below, type Target } from './target/target.ts';

/**
 * What lies openly at a place for each house that has backups there, under `houses/<persona>.json`: its key log, the backup key locked
 * to its recovery key, what tells the right key from another, the machine that backs it up; signed by the house's device.
 */
export interface Plate { v: 1; house: string; keyLog: Signed[]; locked: string; check: string; machine: string; signature: string }

/** The backups of one house at a place, with the key to them. */
export interface Place { house: string; box: Box; at: Target; plate: Plate | null; key: Uint8Array }

const fileOf = (house: string): string => `houses/${house}.json`;
const folderOf = (house: string): string => `${house.slice(0, 20)}/`;
const checkOf = (key: Uint8Array): string => createHmac('sha256', keyFor(key, 'backup-check')).update('commonhold').digest('base64url');
const signedBytes = ({ house, locked, check, machine }: Omit<Plate, 'signature'>): Uint8Array => frame('commonhold/backup-plate/1', house, fromBase64Url(locked)!, fromBase64Url(check)!, machine);

/** The place as this house sees it. Refuses `wrong_key` where another key has been at work in its name. */
export async function openPlace(target: Target, secrets: Pick<Secrets, 'persona' | 'backupKey'>): Promise<Place> {
  const key = secrets.backupKey();
  const plate = await readPlate(target, secrets.persona);
  if (plate && plate.check !== checkOf(key)) throw wrongKey('The backups that lie there were made with another key. Choose another place, or empty this one.');
  return placeOf(target, secrets.persona, key, plate);
}

const placeOf = (target: Target, house: string, key: Uint8Array, plate: Plate | null): Place => ({ house, key, plate, box: makeBox(key), at: below(target, folderOf(house)) });

/** Says at the place whose backups these are and which machine makes them. */
export async function putPlate(suite: Suite, target: Target, { persona, deviceSeed, keyLog, backupKey }: Pick<Secrets, 'persona' | 'deviceSeed' | 'keyLog' | 'backupKey'>, machine: string): Promise<void> {
  const state = verifyKeyLog(suite, [...keyLog]);
  if (!state.ok) throw new Refusal('unavailable', 'bad_secrets', state.message);
  const key = backupKey();
  const plate = { v: 1 as const, house: persona, keyLog: [...keyLog], locked: toBase64Url(lockKey(key, fromBase64Url(state.value.recoveryKey)!)), check: checkOf(key), machine };
  await target.put(fileOf(persona), Buffer.from(JSON.stringify({ ...plate, signature: toBase64Url(suite.sign(deviceSeed, signedBytes(plate))) })));
}

/** What opens backups: the recovery seed that the 24 words make, or the backup key itself. */
export type Opener = { seed: Uint8Array } | { key: Uint8Array };

/** Finds the house that the words or the key open. Refuses `no_backups`, `wrong_key`. */
export async function findPlace(suite: Suite, target: Target, opener: Opener): Promise<Place> {
  let seen = 0;
  for await (const name of target.list('houses/')) {
    const house = /^houses\/(c[a-z2-7]{52})\.json$/.exec(name)?.[1];
    const plate = house === undefined ? null : await readPlate(target, house);
    if (!plate) continue;
    seen++;
    const key = 'key' in opener ? opener.key : keyIn(suite, plate, opener.seed);
    if (key && checkOf(key) === plate.check) return placeOf(target, plate.house, key, plate);
  }
  if (seen === 0) throw new Refusal('not_found', 'no_backups', 'There are no backups of a house at this place.');
  throw wrongKey('This does not open the backups that lie there. Are these the words of the house, not those of a person?');
}

/** The backup key of a plate, if the words are its house's and the house's own device has signed it. */
function keyIn(suite: Suite, plate: Plate, seed: Uint8Array): Uint8Array | null {
  const state = verifyKeyLog(suite, plate.keyLog), recoveryKey = suite.publicKey(seed), signature = fromBase64Url(plate.signature), locked = fromBase64Url(plate.locked);
  if (!state.ok || !signature || !locked || state.value.persona !== plate.house || state.value.recoveryKey !== toBase64Url(recoveryKey)) return null;
  const bytes = signedBytes(plate);
  const isSigned = [...state.value.devices].some(([device, { revokedAt }]) => revokedAt === undefined && suite.verify(fromBase64Url(device)!, bytes, signature));
  return isSigned ? unlockKey(locked, seed, recoveryKey) : null;
}

async function readPlate(target: Target, house: string): Promise<Plate | null> {
  const bytes = await target.get(fileOf(house));
  if (!bytes) return null;
  try {
    const value: unknown = JSON.parse(bytes.toString());
    if (isObject(value) && value['v'] === 1 && value['house'] === house && ['locked', 'check', 'machine', 'signature'].every((name) => typeof value[name] === 'string') && Array.isArray(value['keyLog'])) return value as unknown as Plate;
  } catch { /* the same as a wrong shape */ }
  throw new Refusal('unavailable', 'backup_damaged', 'What says whose backups these are is damaged.');
}

const wrongKey = (message: string): Refusal => new Refusal('invalid', 'wrong_key', message);
