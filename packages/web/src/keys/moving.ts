import { fromBase64Url, personaIdOf, statementHash, toBase64Url, utf8, verifyKeyLog, type Inception, type Signed } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { ApiError, type KeyLog, type NewPerson, type SignedIn } from '@commonhold/sdk';
import { client } from '../state/client.ts';
import { forget, keep, kept } from '../vault/index.ts';
import { handOf, keepOr, onLog, recoveryOf } from './acts.ts';
import { addDevice, keyOf, readLog, sign } from './statements.ts';
import { textInZip, unreadable } from './zipFile.ts';

/* Moving from one house to another. The words stay in this browser. */

/** Whom an export is of, and their key log, which verifies. */
export interface FromElsewhere { persona: string; statements: Signed[] }

/** Reads the key log out of an export. Throws `ApiError` (status 0): `export_unreadable`, `bad_key_log`, `retired`. */
export async function readExport(file: Blob): Promise<FromElsewhere> {
  const text = await textInZip(file, 'key-log.jsonl');
  let statements: Signed[];
  try {
    statements = text.split('\n').filter(Boolean).map((line) => { const { type: _type, ...signed } = JSON.parse(line) as { type: string } & Signed; return signed as Signed; });
  } catch { throw unreadable(); }
  const read = verifyKeyLog(nobleSuite, statements);
  if (!read.ok) throw new ApiError(0, 'bad_key_log', read.code);
  if (read.value.retired) throw new ApiError(0, 'retired', 'This persona has ended.');
  return { persona: read.value.persona, statements };
}

/**
 * Joins a house as the person one is: the words add this browser and the device of the new house to the key log. Where one lives is said
 * later, by `liveHere`. Throws `ApiError`; `nothing_kept` where this browser keeps nothing.
 */
export async function joinAgain({ invite, from: { persona, statements }, typed, person, label }: { invite: string; from: FromElsewhere; typed: string; person: NewPerson; label: string }): Promise<SignedIn> {
  const log = readLog(persona, statements);
  const { seed } = recoveryOf(typed, log);
  const { ticket, podDevice, house } = await client.house.prepare({ invite });
  const deviceSeed = nobleSuite.random(32);
  const deviceKey = keyOf(deviceSeed);
  const mine = addDevice(log, seed, { device: deviceKey, label });
  const pod = addDevice(readLog(persona, [...statements, mine]), seed, { device: podDevice, label: '', capabilities: ['write'] });
  const before = await kept(persona);
  await keepOr({ ...before, persona, deviceSeed, deviceKey, house });
  try {
    return await client.house.join({ invite, person, ticket, keyLog: [...statements, mine, pod], ...(label && { label }) });
  } catch (error) {
    if (error instanceof ApiError && error.status >= 400) await (before ? keep(before) : forget(persona));
    throw error;
  }
}

/**
 * Says that one lives in this house from now on: by this browser's key, and then it can be taken back for seven days; or by the words
 * (`typed`), which is for good.
 */
export const liveHere = (persona: string, house: string, typed: string | null): Promise<KeyLog> => onLog(persona, async (log) => {
  const seed = typed === null ? await handOf(persona, log) : recoveryOf(typed, log).seed;
  return client.keys.extend([sign(log, seed, { type: 'set-home', house })]);
});

const MOST_TOLD = 60;
const ADDRESS = /^https?:\/\/[^\s/@]{1,200}\/@[\w.-]{1,30}$/;

/** What another house is to be told: all that came after one moved in there, or back, and under which address one is found now. */
export function noteOf({ statements }: Pick<KeyLog, 'statements'>, at: string): string {
  const homes = statements.flatMap(({ statement }, at) => (statement.type === 'set-home' || statement.type === 'revert-home' ? [at] : []));
  const from = homes.at(-3) ?? homes[0] ?? 0;
  return toBase64Url(utf8(JSON.stringify({ at, statements: statements.slice(from + 1).slice(-MOST_TOLD) })));
}

/** What a note says: statements of one persona, not yet checked, and the new address where it is one. */
export interface Note { persona: string; statements: Signed[]; at: string | null }

/** Reads a note; null for anything else. */
export function readNote(text: string): Note | null {
  const bytes = fromBase64Url((/(?:#|^)([\w-]{40,})$/.exec(text.trim()) ?? [])[1] ?? '');
  if (!bytes) return null;
  try {
    const { at, statements } = JSON.parse(new TextDecoder().decode(bytes)) as { at?: unknown; statements: Signed[] };
    const { statement } = statements[0]!;
    return { persona: statement.type === 'inception' ? personaIdOf(nobleSuite, statement as Inception) : statement.persona, statements, at: typeof at === 'string' && ADDRESS.test(at) ? at : null };
  } catch { return null; }
}

const AT_ONCE = 16;
const MOST_LINES = 4;

/* The profile that stays says where its person is found now: a line of theirs, signed here while that still can be. */
async function pointOn(persona: string, { at, line }: { at: string; line: string }): Promise<void> {
  const { name, bio, fields = [] } = await client.people.get(persona);
  const others = fields.filter(({ value }) => value !== at).map(({ name: what, value }) => ({ name: what, value }));
  await client.people.setProfile({ name, ...(bio ? { bio } : {}), fields: [{ name: line, value: at }, ...others].slice(0, MOST_LINES) });
}

/** Tells this house what was signed elsewhere; what it knows already changes nothing. `line`: what the new address is called in the profile. */
export async function tell({ persona, statements, at }: Note, line: string): Promise<void> {
  const { here } = await client.keys.log();
  if (here && at !== null) await pointOn(persona, { at, line });

  const hashOf = ({ statement }: Signed): string => statementHash(nobleSuite, statement);
  const known = new Set((await client.keys.log()).statements.map(hashOf));
  const fresh = statements.filter((signed) => !known.has(hashOf(signed)));
  for (let at = 0; at < fresh.length; at += AT_ONCE) await client.keys.extend(fresh.slice(at, at + AT_ONCE));
}
