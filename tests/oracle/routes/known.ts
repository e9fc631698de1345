import { statementHash, type Signed } from '@commonhold/core';
import { makeNodeSuite } from '@commonhold/house';
import type { Random } from '../random.ts';
import { signedOut, status, type Answer, type Generator } from './ask.ts';
import { apart, type Asker, type World } from './world.ts';

const suite = makeNodeSuite();
const PERSONA = /^c[a-z2-7]{52}$/;

/** What people keep of each other for themselves: `owner>other` → petname, and the head they saw. */
interface Kept { petnames: Map<string, string>; met: Map<string, string> }
const keptIn = new WeakMap<World, Kept>();
const kept = (world: World): Kept => {
  const had = keptIn.get(world) ?? { petnames: new Map<string, string>(), met: new Map<string, string>() };
  keptIn.set(world, had);
  return had;
};

const whom = (world: World, random: Random): string => random.pick([...world.people.keys(), `c${'b'.repeat(52)}`, 'nobody', '__proto__']);
const headOf = (world: World, persona: string): string | undefined => {
  const log: Signed[] = world.keys.get(persona)?.statements ?? [];
  return log.length === 0 ? undefined : statementHash(suite, log[log.length - 1]!.statement);
};

/** What this asker, and nobody else, calls a persona. */
export const petnameFor = (world: World, asker: Asker, persona: string): string | undefined => kept(world).petnames.get(`${asker.persona}>${persona}`);

/** Wrong with what a profile says the asker keeps of its person, or null. */
export function wrongKept(world: World, asker: Asker, persona: string, got: { petname?: string; verified?: { key: string; since: { added: number } | null } }): string | null {
  if (got.petname !== petnameFor(world, asker, persona)) return `calls ${persona} ${got.petname}`;
  const met = kept(world).met.get(`${asker.persona}>${persona}`);
  if (got.verified?.key !== met) return `says that they met at ${got.verified?.key}`;
  return met === undefined || got.verified?.since ? null : 'says that the keys they saw are not in the log';
}

const setPetname: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const persona = whom(world, random);
  const petname = random.pick(['Sailor', ' Sailor ', `mate ${random.below(1000)}`, 'é"\\{}', ' ', '', 'x'.repeat(61), 7]);
  const sound = typeof petname === 'string' && petname.trim() !== '' && petname.length <= 60;
  const formal = typeof petname === 'string' && petname.length >= 1 && petname.length <= 60;
  const due = !formal ? 400 : persona === asker.persona ? 400 : !PERSONA.test(persona) ? 404 : sound ? 200 : 400;
  return {
    asker, path: `/people/${persona}/petname`, body: { petname },
    judge: signedOut(asker) ?? ((answer) => {
      if (due === 200) kept(world).petnames.set(`${asker.persona}>${persona}`, String(petname).trim());
      return status(due)(answer);
    }),
  };
};

const dropPetname: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const persona = whom(world, random);
  return {
    asker, path: `/people/${persona}/petname`,
    judge: signedOut(asker) ?? ((answer) => { kept(world).petnames.delete(`${asker.persona}>${persona}`); return status(204)(answer); }),
  };
};

const verify: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const persona = whom(world, random);
  const head = headOf(world, persona);
  const key = random.pick([head, head, head, headOf(world, random.pick([...world.people.keys()])), 'A'.repeat(43), 'short', 7]);
  const seen = asker.persona !== null && world.people.has(persona) && !apart(world, asker.persona, persona);
  const formal = typeof key === 'string' && key.length === 43;
  const due = !formal ? 400 : persona === asker.persona ? 400 : !seen ? 404 : key === head ? 200 : 409;
  return {
    asker, path: `/people/${persona}/verified`, body: { key },
    judge: signedOut(asker) ?? ((answer) => {
      if (due === 200) kept(world).met.set(`${asker.persona}>${persona}`, String(key));
      return status(due)(answer);
    }),
  };
};

const unverify: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const persona = whom(world, random);
  return {
    asker, path: `/people/${persona}/verified`,
    judge: signedOut(asker) ?? ((answer) => { kept(world).met.delete(`${asker.persona}>${persona}`); return status(204)(answer); }),
  };
};

const code: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  return {
    asker, path: '/people/profile/code',
    judge: signedOut(asker) ?? ((answer: Answer) => {
      const got = answer.json as { persona: string; handle: string; key: string };
      const isRight = got.persona === asker.persona && got.handle === asker.handle && got.key === headOf(world, asker.persona!);
      return status(200)(answer) ?? (isRight ? null : `says ${answer.text}`);
    }),
  };
};

/** What lines a profile has in the model; no page of this world answers. */
const LINES = [[], [{ name: 'Site', value: 'https://away.example/' }], [{ name: 'Sings', value: 'Alto' }, { name: 'Site', value: 'https://gone.example/' }]] as const;
const linesIn = new WeakMap<World, Map<string, readonly { name: string; value: string }[]>>();
const lines = (world: World) => {
  const had = linesIn.get(world) ?? new Map<string, readonly { name: string; value: string }[]>();
  linesIn.set(world, had);
  return had;
};

/** Some lines for a profile, and what is not: `undefined` says nothing of them. */
export const someLines = (random: Random): unknown => random.pick<unknown>([undefined, undefined, ...LINES, [{ name: ' ', value: 'x' }], [{ name: 'a'.repeat(41), value: 'x' }], [{ name: 'a', value: 'b', verifiedAt: 1 }], 'no', null]);
/** Whether a profile may have these lines. */
export const soundLines = (fields: unknown): boolean => fields === undefined || LINES.some((known) => known === fields);
/** The profile has these lines now. */
export function linesNow(world: World, persona: string, fields: unknown): void { if (fields !== undefined) lines(world).set(persona, fields as []); }
/** Wrong with the lines of a profile, or null. */
export function wrongLines(world: World, persona: string, fields: { name: string; value: string }[] | undefined): string | null {
  const got = (fields ?? []).map(({ name, value }) => `${name}=${value}`).join();
  const due = (lines(world).get(persona) ?? []).map(({ name, value }) => `${name}=${value}`).join();
  return got === due ? null : `says ${got} instead of ${due}`;
}

const verifyField: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const n = random.pick([0, 0, 1, 2, 9, -1, '__proto__', '0x0']);
  const line = typeof n === 'number' ? lines(world).get(asker.persona ?? '')?.[n] : undefined;
  const due = !line ? 404 : !line.value.startsWith('https://') ? 400 : 503;
  return { asker, path: `/people/profile/fields/${n}/verify`, judge: signedOut(asker) ?? status(due, ...(due === 503 ? [429] : [])) };
};

/** Cases for reading one's own code. */
export const CODES: Record<string, Generator> = { 'GET /people/profile/code': code };
/** Cases for what one keeps of others, and for proving lines of one's profile. */
export const KEEPING: Record<string, Generator> = {
  'PUT /people/{persona}/petname': setPetname,
  'DELETE /people/{persona}/petname': dropPetname,
  'PUT /people/{persona}/verified': verify,
  'DELETE /people/{persona}/verified': unverify,
  'POST /people/profile/fields/{n}/verify': verifyField,
};
