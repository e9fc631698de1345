import { setTimeout as wait } from 'node:timers/promises';
import { ApiError } from '@commonhold/sdk';
import type { Member } from './people.ts';
import { makeWriter, type Insist, type Writer } from './writers.ts';

/** Between two things that a person does, in ms, at most. */
const PAUSE = 2000;
/** Before a try is repeated. */
const AGAIN = 700;

/** What a crowd was answered: how often yes, to whom no by code (with the sentence), and how many pages were read. */
export interface Heard { yes: number; reads: number; no: Map<string, { n: number; says: string; people: Set<string> }> }

/** People who write, read and pause for as long as the test wants. */
export interface Crowd {
  writers: Writer[];
  /** What was heard since `listen` was called last. */
  listen(): Heard;
  /** Resolves when what is heard is as wanted; looked at after each answer. */
  until(heard: Heard, holds: (heard: Heard) => boolean): Promise<void>;
  /** Everybody finishes what they are at; each was answered yes in the end. */
  rest(): Promise<void>;
}

/** Sets everybody going: each writes one thing after the other, repeated until the answer is yes, and reads meanwhile. They leave with the test. */
export function startCrowd(t: { after(fn: () => void): void }, members: readonly Member[]): Crowd {
  let heard: Heard = { yes: 0, reads: 0, no: new Map() };
  let going = true;
  let here = true;
  t.after(() => { going = false; here = false; });
  const watching = new Set<() => void>();
  const tell = () => { for (const look of watching) look(); };
  const refused = (who: Member, error: unknown) => {
    if (!(error instanceof ApiError && (error.status === 0 || error.status === 503))) throw error;
    const entry = heard.no.get(error.code) ?? { n: 0, says: error.detail, people: new Set<string>() };
    entry.n++;
    heard.no.set(error.code, { ...entry, people: entry.people.add(who.handle) });
    tell();
  };
  const insistFor = (member: Member): Insist => async (attempt) => {
    for (;;) {
      try { return await attempt(); } catch (error) { if (here) refused(member, error); }
      await wait(AGAIN);
      // The test is over: this try is nobody's, least of all the next house's.
      if (!here) return new Promise(() => {});
    }
  };
  const writers = members.map((member, i) => makeWriter(member, members[(i + 1) % members.length]!, insistFor(member)));
  const write = async (writer: Writer) => {
    while (going) {
      await writer.write();
      heard.yes++;
      tell();
      await wait(Math.random() * PAUSE);
    }
  };
  const read = async ({ member }: Writer) => {
    while (going) {
      await member.client.microblog.home({ first: 20 }).then(() => { heard.reads++; tell(); }, (error: unknown) => { if (here) refused(member, error); });
      await wait(Math.random() * PAUSE);
    }
  };
  const living = writers.flatMap((writer) => [write(writer), read(writer)]);
  return {
    writers,
    listen: () => { heard = { yes: 0, reads: 0, no: new Map() }; return heard; },
    until: (what, holds) => new Promise((resolve, reject) => {
      const finish = () => { watching.delete(look); clearTimeout(timer); };
      const timer = setTimeout(() => { finish(); reject(new TypeError(`it never came: ${JSON.stringify({ ...what, no: [...what.no].map(([code, { n, people }]) => [code, n, people.size]) })}`)); }, 30_000);
      const look = () => { if (holds(what)) { finish(); resolve(); } };
      watching.add(look);
      look();
    }),
    rest: async () => { going = false; await Promise.all(living); },
  };
}
