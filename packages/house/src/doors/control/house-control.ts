import { Refusal } from '@commonhold/core';
import type { Household } from '../../household/household.ts';
import type { Tile } from '../../health/tile.ts';
import { makeCareControl, type CareControlDeps } from './care.ts';
import type { ControlPort, MadeInvite } from './port.ts';

const PIECE = 64 * 1024;

/** What the control port needs of an open house. */
export interface ControlDeps extends CareControlDeps {
  data: string;
  version: string;
  household: Pick<Household, 'people' | 'count' | 'byHandle' | 'invite' | 'settings' | 'capacity' | 'personOf' | 'care'>;
  exportOf(persona: string): Iterable<string> | null;
  reindex(onPod: (done: number, of: number) => void): Promise<void>;
  /** What went wrong lately, newest first. */
  troubles(): readonly { code: string; say: string }[];
  health(): Promise<Tile[]>;
  /** Where the house can be reached by now; empty without listeners. */
  addresses(): { url: string | null; lan: string[] };
  /** The address to hand out for an invite. */
  inviteUrl(invite: string): Pick<MadeInvite, 'url' | 'reach'>;
}

/** The owner's verbs over an open house; `compose.ts` gives it to the socket, an offline command uses it directly. */
export function makeControl(deps: ControlDeps): ControlPort {
  const since = Date.now();
  const { household } = deps;
  return {
    status: async () => ({
      pid: process.pid, version: deps.version, data: deps.data, ...deps.addresses(), since, memory: process.memoryUsage.rss(),
      founded: household.count() > 0, title: household.settings.get('title'), people: household.count(), capacity: household.capacity,
      troubles: deps.troubles().map(({ code, say }) => ({ code, say })),
    }),
    health: () => deps.health(),
    invite: async ({ by, ...wish }) => {
      const { invite, uses, expires } = household.invite(inviter(household, by), wish);
      return { invite, uses, expires, ...deps.inviteUrl(invite) };
    },
    ...makeCareControl(deps),
    reindex: (onProgress) => deps.reindex((done, of) => onProgress({ done, of })),
    exportPerson: async (handle, write) => {
      const lines = deps.exportOf(personaOf(household, handle));
      if (!lines) throw nobody(handle);
      await inPieces(lines, write);
    },
  };
}

/** Larger pieces than lines, and a breath between them, so that a running house goes on answering. */
async function inPieces(lines: Iterable<string>, write: (text: string) => Promise<void>): Promise<void> {
  let piece = '';
  for (const line of lines) {
    piece += line;
    if (piece.length < PIECE) continue;
    await write(piece);
    await new Promise((resolve) => { setImmediate(resolve); });
    piece = '';
  }
  if (piece) await write(piece);
}

function inviter(household: ControlDeps['household'], by: string | undefined): string {
  if (by !== undefined) return personaOf(household, by);
  const steward = household.people().find(({ role }) => role === 'steward');
  if (!steward) throw new Refusal('conflict', 'not_founded', 'Nobody has founded this house yet. Open the address that "npm start" prints, first.');
  return steward.persona;
}

const personaOf = (household: ControlDeps['household'], handle: string): string => {
  const person = household.byHandle(handle.replace(/^@/, ''));
  if (!person) throw nobody(handle);
  return person.persona;
};

const nobody = (handle: string): Refusal => new Refusal('not_found', 'person_unknown', `Nobody called "${handle}" lives in this house.`);
