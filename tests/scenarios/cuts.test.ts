import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join as joinPath, relative } from 'node:path';
import { test, type TestContext } from 'node:test';
import { makeNodeSuite, openHouse } from '@commonhold/house';
import { Disk, readFolder, writeFolder } from '../support/disk.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join, type Member } from '../support/people.ts';
import { attach, noStrace } from '../support/strace.ts';
import { eventsOf, TRACED, type Event } from '../support/trace.ts';
import { makeWriter, type Writer } from '../support/writers.ts';
import { verifyFolder } from '../../packages/house/src/verify/folder.ts';

const PEOPLE = 4;
const ROUNDS = 24;
const NEWCOMERS = 3;
const CUTS = 60;

test('whatever a power cut leaves at any point of the trace opens, verifies, and holds all that was acknowledged by then', async (t) => {
  const missing = noStrace();
  if (missing !== null) { t.skip(missing); return; }
  const { base, events, data, done } = await record(t);
  const told = events.flatMap((event, place) => (event.kind === 'sent' ? [{ place, text: event.text }] : []));
  // What was acknowledged, and where in the trace: a post by its words, a removal by the writer's next post at the latest.
  const facts = done.map(({ holds, heard }) => ({ holds, from: told.find(({ text }) => text.includes(heard) && /^HTTP\/1\.1 20[01]/.test(text))?.place ?? Infinity }));
  assert.ok(facts.every(({ from }) => from < Infinity), 'an acknowledgement is not in the trace');
  let checked = 0;
  const folder = joinPath(tempFolder(t, 'cut'), 'data');
  const disk = new Disk(base);
  const cuts = Array.from({ length: CUTS }, () => Math.floor(Math.random() * (events.length + 1))).toSorted((a, b) => a - b);
  for (const [n, cut] of cuts.entries()) {
    const likely = [0, 0.1, 0.5, 0.9, 1][n % 5]!;
    run(disk, data, events.slice(cuts[n - 1] ?? 0, cut));
    writeFolder(folder, disk.after(() => Math.random() < likely));
    const due = facts.filter(({ from }) => from < cut);
    checked += due.length;
    await holdsAfter(folder, due.map(({ holds }) => holds)).catch((error: unknown) => {
      throw new assert.AssertionError({ message: `after ${cut} of ${events.length} events, ${likely} of what was not synced: ${error instanceof Error ? error.stack : String(error)}` });
    });
    rmSync(folder, { recursive: true });
  }
  t.diagnostic(`${events.length} events, ${done.length} acknowledgements, ${checked} looked for after ${CUTS} cuts`);
});

/** Something that was done: how to see that it is there, and words of an answer that can only come after it. */
interface Done { holds(seen: Seen): string | null; heard: string }
interface Seen { texts: Map<string, number>; bios: Map<string, string | undefined>; handles: Set<string> }

/** A real house under load, from a moment at which all is on disk. */
async function record(t: TestContext): Promise<{ base: Map<string, Buffer>; events: Event[]; data: string; done: Done[] }> {
  const data = tempFolder(t, 'cuts');
  const trace = joinPath(tempFolder(t, 'trace'), 'trace');
  const first = await startHouse(t, { data });
  const ada = await found(first);
  const { invite } = await ada.client.invites.make({ uses: 20 });
  const members = [ada];
  while (members.length < PEOPLE) members.push(await join(first, invite, `person${members.length}`));
  await first.stop();
  const house = await startHouse(t, { data, port: first.port });
  await ada.client.microblog.house();
  const base = readFolder(data);
  const detach = await attach(t, house.pid, [...TRACED, '-o', trace]);
  const done: Done[] = [];
  await Promise.all([newcomers(house, invite, done), ...members.map((member, i) => write(makeWriter(member, members[(i + 1) % PEOPLE]!, (attempt) => attempt()), done))]);
  await detach();
  await house.kill();
  return { base, events: eventsOf(readFileSync(trace, 'utf8')), data, done };
}

async function newcomers(house: HouseProcess, invite: string, done: Done[]): Promise<void> {
  for (let i = 0; i < NEWCOMERS; i++) {
    const { handle, client }: Member = await join(house, invite, `newcomer${i}`);
    done.push({ heard: `"handle":"${handle}"`, holds: ({ handles }) => (handles.has(handle) ? null : `${handle} is not at home`) });
    const text = `${handle} is here`;
    await client.microblog.post({ text, audience: 'everyone' }, `here-${i}`);
    done.push({ heard: `"text":"${text}"`, holds: once(text) });
  }
}

const once = (text: string): Done['holds'] => ({ texts }) => (texts.get(text) === 1 ? null : `"${text}" is there ${texts.get(text) ?? 0} times`);

const numberOf = (line: string | undefined): number => Number(/\d+$/.exec(line ?? '')?.[0] ?? -1);

async function write(writer: Writer, done: Done[]): Promise<void> {
  const posted = new Map<string, Done>();
  const { client, persona, handle } = writer.member;
  for (let round = 0; round < ROUNDS; round++) {
    const kept = [...writer.kept.keys()], gone = [...writer.gone], { bio } = writer;
    await writer.write();
    for (const text of [...writer.kept.keys()].filter((one) => !kept.includes(one))) posted.set(text, { heard: `"text":"${text}"`, holds: once(text) });
    if (writer.bio !== bio && writer.bio !== null) {
      const line = writer.bio;
      // A later line may have taken its place.
      done.push({ heard: `"bio":"${line}"`, holds: ({ bios }) => (numberOf(bios.get(persona)) >= numberOf(line) ? null : `the line of ${handle} is ${bios.get(persona)}, not ${line}`) });
    }
    for (const text of [...writer.gone].filter((one) => !gone.includes(one))) {
      posted.delete(text);
      const after = `${handle} after ${text}`;
      await client.microblog.post({ text: after, audience: 'house' }, after.replaceAll(' ', '-'));
      done.push({ heard: `"text":"${after}"`, holds: ({ texts }) => (texts.has(text) ? `"${text}" was taken back and is there` : null) });
      posted.set(after, { heard: `"text":"${after}"`, holds: once(after) });
    }
  }
  done.push(...posted.values());
}

// An answer touches no file, and counts as an event: a sync says before which of all it began.
function run(disk: Disk, data: string, events: readonly Event[]): void {
  for (const event of events) disk.apply(event.kind === 'sent' ? { kind: 'cut', path: '/', size: 0 } : { ...event, path: relative(data, event.path) || '.' });
}

async function holdsAfter(folder: string, due: readonly Done['holds'][]): Promise<void> {
  const errors: unknown[] = [];
  const house = await openHouse({ data: folder }, (error) => { errors.push(error); });
  try {
    const reader = house.household.byHandle('ada')!;
    const page = JSON.parse(await house.microblog.houseTimeline({ kind: 'owner', persona: reader.persona }, { first: 1000 })) as { items: { body: { text: string } }[] };
    const seen: Seen = { texts: new Map(), bios: new Map(), handles: new Set() };
    for (const { body: { text } } of page.items) seen.texts.set(text, (seen.texts.get(text) ?? 0) + 1);
    for (const { persona, handle } of house.household.people()) {
      seen.handles.add(handle);
      const profile = house.gate.get({ kind: 'owner', persona }, persona, 'people', 'profile', 'self');
      seen.bios.set(persona, (JSON.parse(profile ?? '{}') as { body?: { bio?: string } }).body?.bio);
    }
    assert.deepEqual(due.map((holds) => holds(seen)).filter((lost) => lost !== null), []);
    assert.deepEqual(errors, []);
  } finally { await house.close(); }
  const damages: string[] = [];
  verifyFolder(makeNodeSuite(), folder, { tell: ({ code, file }) => { damages.push(`${file}: ${code}`); }, progress: () => {} });
  assert.deepEqual(damages, []);
}
