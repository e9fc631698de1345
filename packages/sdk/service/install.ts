import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBase64Url, Refusal, serviceId, toBase64Url, type Contract, type JsonObject } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { contractText } from '../contract/init.ts';
import { readContract } from '../contract/read.ts';
import { rotated } from '../contract/rotate.ts';
import { readRotations, type Rotations } from '../contract/rotations.ts';
import { signed } from '../contract/sign.ts';

/**
 * A service as it is installed somewhere: its key, and each version of its contract that it has stood by, oldest first; where its key was
 * replaced, the keys that ended and how they followed each other.
 */
export interface Installed { seed: Uint8Array; contracts: readonly Contract[]; ended: readonly Uint8Array[]; rotations: Rotations }

const KEY = 'service-key';

/**
 * What a service needs in its folder, made when it is first started there: a key of its own (`service-key`, for this user alone) and,
 * by the template (a file without key and id) of each, every version of its contract up to the `version`th template, signed (`contract-1.json` …). What was signed stays as it
 * is: a version that people joined never changes. `origins`: where its pages are, and what may ask the house for them. Refusal `bad_key`.
 */
export function installService({ folder, templates, version, origins }: { folder: string; templates: readonly string[]; version: number; origins: readonly string[] }): Installed {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const versions = versionsIn(folder), seed = seedOf(folder, versions.at(-1)?.contract);
  const rotations = versions.at(-1)?.rotations ?? [];
  for (const template of templates.slice(versions.length - rotations.length, version)) {
    const of = { ...JSON.parse(readFileSync(template, 'utf8')) as JsonObject, version: versions.length + 1 };
    const { contract } = signed(readContract(contractText(withKey(of, seed, origins, versions[0]?.contract.service.id))), seed, Date.now(), { rotations });
    keep(contractAt(folder, contract.version), contractText(textOf({ contract, rotations })));
    versions.push({ contract, rotations });
  }
  const until = versions.filter((one) => one.contract.version - one.rotations.length <= version);
  return { seed, contracts: until.map(({ contract }) => contract), ended: endedIn(folder, rotations), rotations };
}

/**
 * Gives an installed service another key: the next version of its contract, as it is but for the key, says so, signed for by the key that
 * ends; that stays beside the new one, since whoever holds to an earlier version knows no other. Answers the new version. Refusal `not_installed`.
 */
export function rotateService(folder: string): Contract {
  const versions = versionsIn(folder), last = versions.at(-1);
  if (!last) throw new Refusal('not_found', 'not_installed', `${folder} holds no service yet. Start it once, then give it another key.`);
  const from = seedOf(folder, last.contract), to = nobleSuite.random(32), made = rotated(last.contract, { from, to, rotations: last.rotations }, Date.now());
  const key = join(folder, KEY);
  // The keys first, then the one file that says which of them counts: cut off anywhere, the service is what it was or what it became.
  keep(`${key}.next`, keyText(to), 0o600);
  keep(`${key}-${made.rotations.length}`, keyText(from), 0o600);
  keep(contractAt(folder, made.contract.version), contractText(textOf(made)));
  renameSync(`${key}.next`, key);
  return made.contract;
}

/**
 * The service in a folder that `commonhold contract init` made: `service-key`, and `contract.json` as it is there; after `rotate` with the
 * keys and versions before. Refusal as in `readContract`.
 */
export function serviceIn(folder: string): Installed {
  const at = (name: string): string => join(folder, name), contractIn = (name: string): Contract => readContract(readFileSync(at(name), 'utf8'));
  const rotations = existsSync(at('rotations.json')) ? readRotations(readFileSync(at('rotations.json'), 'utf8')) : [];
  const before = readdirSync(folder).filter((name) => /^contract-\d+\.json$/.test(name)).map(contractIn).sort((a, b) => a.version - b.version);
  return { seed: keyIn(at(KEY)), contracts: [...before, contractIn('contract.json')], ended: endedIn(folder, rotations), rotations };
}

/** A version of an installed service's contract, and the rotations until it. */
interface Version { contract: Contract; rotations: Rotations }

const contractAt = (folder: string, version: number): string => join(folder, `contract-${version}.json`);
const textOf = ({ contract, rotations }: Version): JsonObject => (rotations.length === 0 ? contract : { contract, rotations }) as unknown as JsonObject;

function versionsIn(folder: string): Version[] {
  const found: Version[] = [];
  for (let path = contractAt(folder, 1); existsSync(path); path = contractAt(folder, found.length + 1)) {
    const read = JSON.parse(readFileSync(path, 'utf8')) as JsonObject;
    const { contract, rotations } = 'contract' in read ? read : { contract: read, rotations: [] };
    found.push({ contract: readContract(JSON.stringify(contract)), rotations: readRotations(JSON.stringify(rotations)) });
  }
  return found;
}

/** The key that counts: the next one, where the last version names it already. */
function seedOf(folder: string, last: Contract | undefined): Uint8Array {
  const key = join(folder, KEY), next = `${key}.next`;
  if (last && existsSync(next) && toBase64Url(nobleSuite.publicKey(keyIn(next))) === last.service.key) renameSync(next, key);
  return keyIn(key);
}

const endedIn = (folder: string, rotations: Rotations): Uint8Array[] => rotations.map((_, i) => keyIn(join(folder, `${KEY}-${i + 1}`)));
const keyText = (seed: Uint8Array): string => `${toBase64Url(seed)}\n`;

function keyIn(path: string): Uint8Array {
  if (!existsSync(path)) writeFileSync(path, keyText(nobleSuite.random(32)), { flag: 'wx', mode: 0o600 });
  const seed = fromBase64Url(readFileSync(path, 'utf8').trim(), 32);
  if (!seed) throw new Refusal('invalid', 'bad_key', `${path} holds no key.`);
  return seed;
}

/** Writes a file whole or not at all. */
function keep(path: string, text: string, mode = 0o644): void {
  writeFileSync(`${path}.part`, text, { mode, flush: true });
  renameSync(`${path}.part`, path);
}

/** A template, without key and id, as the contract of this installation: its key, and the id that comes of its first key and its name. */
export function withKey(template: JsonObject, seed: Uint8Array, origins: readonly string[], id?: string): JsonObject {
  const service = template['service'] as JsonObject;
  const key = nobleSuite.publicKey(seed);
  return { ...template, service: { id: id ?? serviceId(nobleSuite, key, String(service['name'])), ...service, key: toBase64Url(key), ...(origins.length > 0 && { origins: [...origins] }) } };
}
