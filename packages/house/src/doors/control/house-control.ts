import { Refusal } from '@commonhold/core';
import { zipOf, type ZipFile } from '../../archive/index.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import type { Imports } from '../../past/imports.ts';
import type { Household } from '../../household/household.ts';
import type { Tile } from '../../health/tile.ts';
import { makeBackupControl, type BackupControlDeps } from './backup.ts';
import { makeCareControl, type CareControlDeps } from './care.ts';
import type { ControlPort, Imported, MadeInvite } from './port.ts';

const PIECE = 64 * 1024;

/** What the control port needs of an open house. */
export interface ControlDeps extends CareControlDeps, BackupControlDeps {
  data: string;
  version: string;
  household: Pick<Household, 'people' | 'count' | 'byHandle' | 'invite' | 'settings' | 'capacity' | 'personOf' | 'care' | 'access'>;
  exportOf(persona: string): Iterable<string> | null;
  exportFiles(persona: string): Iterable<ZipFile> | null;
  imports: Pick<Imports, 'begin' | 'failures'>;
  jobs: Pick<Jobs, 'listen' | 'ended' | 'list'>;
  reindex(onPod: (done: number, of: number) => void): Promise<void>;
  /** What went wrong lately, newest first. */
  troubles(): readonly { code: string; say: string }[];
  health(): Promise<Tile[]>;
  /** Where the house can be reached by now; empty without listeners. */
  addresses(): { url: string | null; lan: string[] };
  /** The address to hand out for a path of the app. */
  address(path: string): Pick<MadeInvite, 'url' | 'reach'>;
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
      return { invite, uses, expires, ...deps.address(`/join/${invite}`) };
    },
    letIn: async (typed) => {
      const person = household.byHandle(typed.replace(/^@/, ''));
      if (!person) throw nobody(typed);
      const { way, expires } = household.access.make(null, person.persona);
      return { name: person.name, expires, ...deps.address(`/login/way#${way}`) };
    },
    ...makeCareControl(deps),
    ...makeBackupControl(deps),
    reindex: (onProgress) => deps.reindex((done, of) => onProgress({ done, of })),
    exportPerson: async (handle, form, write) => {
      const persona = personaOf(household, handle);
      const lines = form === 'lines' ? deps.exportOf(persona) : null;
      const files = form === 'zip' ? deps.exportFiles(persona) : null;
      if (lines) await inPieces(lines, write);
      else if (files) for await (const piece of zipOf(files)) await write(piece);
      else throw nobody(handle);
    },
    importFile: async (handle, wish, source, onProgress) => {
      const persona = personaOf(household, handle);
      const caller = { kind: 'owner' as const, persona };
      const { id } = await deps.imports.begin(caller, wish, source);
      const end = deps.jobs.listen((_, job) => { if (job.id === id) onProgress({ done: job.done, of: job.of }); });
      try {
        const job = await deps.jobs.ended(persona, id);
        if (job.state !== 'done') throw new Refusal('conflict', job.failed?.code ?? `import_${job.state}`, job.failed?.say ?? 'It was ended before it was done. What had come stays.');
        const result = job.result as Imported['result'];
        return { result, failures: deps.imports.failures(caller, String(result['import'])) };
      } finally { end(); }
    },
  };
}

/** Larger pieces than lines, and a breath between them, so that a running house goes on answering. */
async function inPieces(lines: Iterable<string>, write: (piece: Uint8Array) => Promise<void>): Promise<void> {
  let piece = '';
  for (const line of lines) {
    piece += line;
    if (piece.length < PIECE) continue;
    await write(Buffer.from(piece));
    await new Promise((resolve) => { setImmediate(resolve); });
    piece = '';
  }
  if (piece) await write(Buffer.from(piece));
}

function inviter(household: ControlDeps['household'], by: string | undefined): string {
  if (by !== undefined) return personaOf(household, by);
  const steward = household.people().find(({ role }) => role === 'steward');
  if (!steward) throw new Refusal('conflict', 'not_founded', 'Nobody has founded this house yet. Open the address that "npx commonhold start" prints, first.');
  return steward.persona;
}

const personaOf = (household: ControlDeps['household'], handle: string): string => {
  const person = household.byHandle(handle.replace(/^@/, ''));
  if (!person) throw nobody(handle);
  return person.persona;
};

const nobody = (handle: string): Refusal => new Refusal('not_found', 'person_unknown', `Nobody called "${handle}" lives in this house.`);
