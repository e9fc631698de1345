import type { Tile } from '../../health/tile.ts';
import type { ImportWish } from '../../past/imports.ts';

/** As lines for programs, or packed for people. */
export type ExportForm = 'lines' | 'zip';

/** What came of an import, and JSON Lines of what could not be brought along. */
export interface Imported { result: Record<string, unknown>; failures: string }

/** How far a long piece of work has come. */
export interface Progress { done: number; of: number }

/** What a running or an opened house says of itself. `url` is null without listeners; `since` in ms. */
export interface HouseStatus {
  pid: number; version: string; data: string; url: string | null; lan: string[];
  founded: boolean; title: string | null; people: number; capacity: number; since: number; memory: number;
  /** What went wrong within the last hour, newest first. */
  troubles: { code: string; say: string }[];
}

/** What an invite should allow; `by` is a handle, else the house's steward. */
export interface InviteWish { by?: string; uses?: number; hours?: number; note?: string }

/** An invite with the address to hand out; `expires` in ms, `reach` says from where the address works. */
export interface MadeInvite { invite: string; url: string; reach: 'this-machine' | 'network' | 'internet'; uses: number; expires: number }

/** A way in for somebody; `expires` in ms. */
export interface MadeWayIn extends Pick<MadeInvite, 'url' | 'reach' | 'expires'> { name: string }

/** What to do for the house: `who` is a handle, a post `handle/key` or its address; `off` takes it back. */
export type CareWish =
  | { do: 'hide'; post: string; off?: boolean; words?: string }
  | { do: 'suspend' | 'expel'; who: string; days?: number; off?: boolean; words?: string }
  | { do: 'role'; who: string; role: 'steward' | 'member' }
  | { do: 'answer'; report: string; act: 'none' | 'hide' | 'warn' | 'suspend' | 'unshelve'; words?: string };

/** A report as a line of a list; `at` in ms. */
export interface ReportLine { report: string; about: string; reporter: string; reason: string; words: string | null; said: string; at: number; answer: string | null }

/** What to do about backups: make one, try one (the newest, unless named), list them, show the key; `to`: a folder where they go from now on. */
export interface BackupDeed { do: 'now' | 'drill' | 'list' | 'key'; id?: string; to?: string }

/** What came of it. Times in ms. */
export interface BackupAnswer {
  made?: BackupLine; tried?: { id: string; ok: boolean; found: string[] }; list?: (BackupLine & { drill: { at: number; ok: boolean } | null })[];
  /** Base64url of 32 bytes: opens every backup. */
  key?: string;
}

/** A backup as a line of a list; `added`: bytes that it took at its place. */
export interface BackupLine { id: string; at: number; took: number; title: string; people: number; files: number; bytes: number; added: number }

/**
 * What the owner of the machine may ask of a house, the same whether it runs (over its socket) or was just opened.
 * Every verb may refuse with a `Refusal`.
 */
export interface ControlPort {
  status(): Promise<HouseStatus>;
  /** How the house is, each thing that it looks after. */
  health(): Promise<Tile[]>;
  invite(wish: InviteWish): Promise<MadeInvite>;
  /** Makes a way in for somebody who lost passphrase and passkeys; a steward too. */
  letIn(handle: string): Promise<MadeWayIn>;
  /** Does what a steward may do; answers with what to print. */
  care(wish: CareWish): Promise<{ said: string }>;
  /** Reports that wait, or that were answered. */
  reports(state: 'open' | 'done'): Promise<ReportLine[]>;
  /** Makes, tries and lists backups. */
  backup(deed: BackupDeed, onProgress: (progress: Progress) => void): Promise<BackupAnswer>;
  /** Builds the views anew from the pods. */
  reindex(onProgress: (progress: Progress) => void): Promise<void>;
  /** A person's pod as JSON Lines, or as a zip, handed over piece by piece; resolves when the last one was taken. */
  exportPerson(handle: string, form: ExportForm, write: (piece: Uint8Array) => Promise<void>): Promise<void>;
  /** Brings an archive along for a person; resolves when it is done, with what could not be. Refuses what its job fails with. */
  importFile(handle: string, wish: ImportWish, source: AsyncIterable<Uint8Array>, onProgress: (progress: Progress) => void): Promise<Imported>;
}
