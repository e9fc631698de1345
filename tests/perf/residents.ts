import { join } from 'node:path';
import { openDataFolder } from '../../packages/house/src/config/folder.ts';
import { openSecrets } from '../../packages/house/src/config/secrets.ts';
import { makeNodeSuite } from '../../packages/house/src/crypto/node-suite.ts';
import type { EnforcedContract } from '../../packages/house/src/firewall/contracts.ts';
import { makeFirewall } from '../../packages/house/src/firewall/index.ts';
import { makeHousehold, type Household } from '../../packages/house/src/household/household.ts';
import { makePassphrases } from '../../packages/house/src/household/passphrase.ts';
import { podDeviceSeed } from '../../packages/house/src/household/podDevice.ts';
import { openSqlite } from '../../packages/house/src/sqlite/port.ts';

/** Somebody who lives in the measured house, signed in. */
export interface Resident { persona: string; session: string }

const nobodyReports = () => Promise.reject(new TypeError('nobody reports here'));

/**
 * Founds a house in a folder and lets people join, through the household and the firewall themselves. Passphrases are
 * hashed cheaply: 300 good ones would take half a minute, and nobody logs in here. `contracts`: others than those of the built-in services.
 */
export async function moveIn(data: string, people: number, contracts?: ReadonlyMap<string, EnforcedContract>): Promise<Resident[]> {
  openDataFolder(data);
  const suite = makeNodeSuite();
  const secrets = openSecrets(data, suite);
  const db = openSqlite(join(data, 'house.db'), { durability: 'full' });
  const firewall = makeFirewall({
    folder: data, suite, house: secrets.persona, now: Date.now, onError: (error) => { throw error; },
    cursorKey: new Uint8Array(32), ...(contracts && { contracts }), seedOf: (salt) => podDeviceSeed(secrets.house, salt),
    residents: { podOf: (persona) => household.personOf(persona)?.pod ?? null, saltOf: (persona) => household.personOf(persona)?.keySalt ?? null },
  });
  const household: Household = makeHousehold({
    db, suite, secrets, clock: Date.now, capacity: people, admission: { admit: firewall.admit, evict: (pod) => firewall.evict(pod) }, keys: firewall.identity, noteGuess: firewall.log.noteGuess,
    pods: { ...firewall.care, contentOf: nobodyReports, forget: () => Promise.resolve() },
    passphrases: makePassphrases({ N: 16, r: 1, p: 1 }), onError: (error) => { throw error; },
  });
  const person = (i: number) => ({ handle: `person${i}`, name: `Person Number ${i}`, passphrase: `the passphrase of ${i}` });
  const founder = await household.setup({ code: household.setupCode()!, house: { title: 'Choir' }, person: person(0), from: '::1' });
  const { invite } = household.invite(founder.persona, { uses: people });
  const residents = [founder];
  for (let i = 1; i < people; i++) residents.push(await household.join({ invite, person: person(i), from: '::1' }));
  firewall.close();
  db.close();
  return residents.map(({ persona, session }) => ({ persona, session }));
}
