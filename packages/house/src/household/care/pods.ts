import type { JsonObject, Report, ReportAbout, Signed } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';

/** Somebody signed in. */
export type Somebody = Caller & { persona: string };

/** What the care of a house asks of the pods; it reads what a reporter may, and never writes a record. */
export interface PodCare {
  /** What the caller may read of a person or a post. Refuses `post_unknown`, `person_unknown`. */
  contentOf(caller: Somebody, about: ReportAbout): Promise<JsonObject>;
  /** Signs a report by the pod device of its reporter. Refuses what a write refuses. */
  signReport(reporter: string, of: Pick<Report, 'house' | 'about' | 'reason' | 'words' | 'content' | 'at'>): Signed<Report>;
  /** Whether a report is for this house and signed by its reporter, as core says it. Throws what is wrong with it. */
  checkReport(signed: unknown): Report;
  /** Writes a line in the access log of whom an act concerns. */
  noteCare(persona: string, by: string | null, what: 'hidden' | 'shown' | 'suspended' | 'lifted' | 'expelled' | 'restored' | 'let-in'): void;
  /** Writes a pod's export into a folder of this name for handing over, on disk when it resolves; answers the path. */
  writeExport(persona: string, folder: string): Promise<string>;
  /** Whether a pod's file can be opened. */
  isReadable(pod: string): boolean;
  /** Whether a pod's file is among those of the house. */
  isHere(pod: string): boolean;
  /** Takes what a pod said out of the views. */
  forget(pod: string): Promise<void>;
  /** Moves a pod's file and its blobs into that folder; fine when they are there already. */
  moveOut(pod: string, folder: string): void;
}
