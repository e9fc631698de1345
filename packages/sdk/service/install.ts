import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBase64Url, Refusal, serviceId, toBase64Url, type Contract, type JsonObject } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { contractText } from '../contract/init.ts';
import { readContract } from '../contract/read.ts';
import { readRotations, type Rotations } from '../contract/rotations.ts';
import { signed } from '../contract/sign.ts';

/**
 * A service as it is installed somewhere: its key, and each version of its contract that it has stood by, oldest first; where its key was
 * replaced, the keys that ended and how they followed each other.
 */
export interface Installed { seed: Uint8Array; contracts: readonly Contract[]; ended?: readonly Uint8Array[]; rotations?: Rotations }

/**
 * What a service needs in its folder, made when it is first started there: a key of its own (`service-key`, for this user alone) and,
 * by the template (a file without key and id) of each, every version of its contract up to `version`, signed (`contract-1.json` …). What was signed stays as it
 * is: a version that people joined never changes. `origins`: where its pages are, and what may ask the house for them. Refusal `bad_key`.
 */
export function installService({ folder, templates, version, origins }: { folder: string; templates: readonly string[]; version: number; origins: readonly string[] }): Installed {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const seed = keyIn(join(folder, 'service-key'));
  const contracts = templates.slice(0, version).map((template, i) => {
    const path = join(folder, `contract-${i + 1}.json`);
    if (!existsSync(path)) {
      const { contract } = signed(readContract(contractText(withKey(JSON.parse(readFileSync(template, 'utf8')) as JsonObject, seed, origins))), seed, Date.now());
      writeFileSync(path, contractText(contract as unknown as JsonObject), { flag: 'wx' });
    }
    return readContract(readFileSync(path, 'utf8'));
  });
  return { seed, contracts };
}

/**
 * The service in a folder that `commonhold contract init` made: `service-key`, and `contract.json` as it is there; after `rotate` with the
 * keys and versions before. Refusal as in `readContract`.
 */
export function serviceIn(folder: string): Required<Installed> {
  const at = (name: string): string => join(folder, name), contractAt = (name: string): Contract => readContract(readFileSync(at(name), 'utf8'));
  const rotations = existsSync(at('rotations.json')) ? readRotations(readFileSync(at('rotations.json'), 'utf8')) : [];
  const before = readdirSync(folder).filter((name) => /^contract-\d+\.json$/.test(name)).map(contractAt).sort((a, b) => a.version - b.version);
  return { seed: keyIn(at('service-key')), contracts: [...before, contractAt('contract.json')], ended: rotations.map((_, i) => keyIn(at(`service-key-${i + 1}`))), rotations };
}

function keyIn(path: string): Uint8Array {
  if (!existsSync(path)) writeFileSync(path, `${toBase64Url(nobleSuite.random(32))}\n`, { flag: 'wx', mode: 0o600 });
  const seed = fromBase64Url(readFileSync(path, 'utf8').trim(), 32);
  if (!seed) throw new Refusal('invalid', 'bad_key', `${path} holds no key.`);
  return seed;
}

/** A template, without key and id, as the contract of this installation: its key, and the id that comes of key and name. */
export function withKey(template: JsonObject, seed: Uint8Array, origins: readonly string[]): JsonObject {
  const service = template['service'] as JsonObject;
  const key = nobleSuite.publicKey(seed);
  return { ...template, service: { id: serviceId(nobleSuite, key, String(service['name'])), ...service, key: toBase64Url(key), ...(origins.length > 0 && { origins: [...origins] }) } };
}
