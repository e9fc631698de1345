import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { openHouse, type OpenHouse } from '../compose.ts';
import { quickPassphrases } from '../testing/passphrases.ts';

/** A real house with people in it, and a folder where its backups go. */
export interface Lived { house: OpenHouse; data: string; place: string; folder: string; now: { ms: number }; people: string[]; post(who: number, text: string): Promise<string>; like(who: number, of: number, key: string): Promise<void> }

/** A folder that goes with the test. */
export function temporary(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'ch-backup-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens a house with so many people; every error inside fails the test. */
export async function live(t: TestContext, people = 2): Promise<Lived> {
  const folder = temporary(t), data = join(folder, 'data'), place = join(folder, 'place'), now = { ms: Date.now() };
  const house = await openHouse({ data }, (error) => { throw error; }, () => now.ms, { passphrases: quickPassphrases() });
  t.after(() => house.close());
  const person = (handle: string) => ({ handle, name: handle.toUpperCase(), passphrase: `the passphrase of ${handle}` });
  const { persona } = await house.household.setup({ code: house.household.setupCode()!, house: { title: 'Choir' }, person: person('ada'), from: 'here' });
  const personas = [persona];
  const { invite } = house.household.invite(persona, { uses: 20 });
  for (let n = 1; n < people; n++) personas.push((await house.household.join({ invite, person: person(`bob${n}`), from: 'here' })).persona);
  const caller = (who: number) => ({ kind: 'person' as const, persona: personas[who]!, session: 'test' });
  return {
    house, data, place, folder, now, people: personas,
    post: async (who, text) => ((await house.microblog.post(caller(who), { text, audience: 'house' })) as { key: string }).key,
    like: async (who, of, key) => { await house.microblog.like(caller(who), { persona: personas[of]!, key }); },
  };
}

/** Says where backups go, and makes one; what it says of itself. */
export async function backedUp({ house, place }: Lived): Promise<{ id: string; added: number; bytes: number; files: number }> {
  if (house.backups.settings().target === null) await house.backups.setSettings({ on: true, hour: 4, keep: { daily: 7, weekly: 4, monthly: 6 }, target: { kind: 'folder', path: place } });
  const { state, result, failed } = await house.jobs.ended('house', house.backups.start().id);
  if (state !== 'done') throw Object.assign(new TypeError(`${state} ${failed?.code} ${failed?.say}`), { code: failed?.code });
  return result as { id: string; added: number; bytes: number; files: number };
}
