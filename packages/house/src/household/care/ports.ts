import type { ReportAbout, ReportReason } from '@commonhold/core';
import type { HouseholdDeps, HouseEvent } from '../ports.ts';
import type { People } from '../people.ts';
import type { Sessions } from '../sessions.ts';
import type { Tokens } from '../tokens.ts';
import type { Shelf } from '../../firewall/joining/ports.ts';
import type { PodCare } from './pods.ts';

/** What stewards do, as the open log counts it. `report`: one came in; `none`: one was answered with nothing to be done. */
export type ActKind = 'report' | 'none' | 'hide' | 'show' | 'warn' | 'suspend' | 'lift' | 'expel' | 'keep' | 'role' | 'unshelve';

/** What somebody is told of what concerns them. `answered`: a report of theirs was looked at; `answered-service`: one about a service. */
export type NoticeKind = 'hidden' | 'shown' | 'warned' | 'suspended' | 'lifted' | 'expelled' | 'kept' | 'steward' | 'member' | 'answered' | 'answered-service' | 'offered' | 'restored' | 'let-in' | 'came-in' | 'guessed';

/** A person who may read and not publish: until when (ms), and whether they leave the house then. */
export interface Standing { until: number; leaving: boolean }

/** What the care of a house is built on. `by` is a steward, or null for whoever sits at the machine. */
export interface CareDeps extends Pick<HouseholdDeps, 'db' | 'suite' | 'clock'> {
  /** Persona id of this house. */
  house: string;
  people: People;
  sessions: Pick<Sessions, 'refresh' | 'list' | 'end'>;
  /** Scripts' and apps'. */
  tokens: Pick<Tokens, 'endAll'>;
  tell(event: HouseEvent): void;
  /** What the stewards recommend. */
  shelf: Pick<Shelf, 'all' | 'drop'>;
  /** To be called after a change of who lives here, or of their roles. */
  changed(): void;
  pods: PodCare;
}

/** What somebody asks to report. `alsoHide`: the post, from them; `withLog`: what the service did with their data lately goes along. */
export interface ReportInput { about: ReportAbout; reason: ReportReason; words?: string; alsoHide?: boolean; withLog?: boolean }

/** What a report is about, in one word: a persona or a service, whose ids are never alike; and the key of a post. */
export const subjectOf = (about: ReportAbout): { subject: string; key: string | null } =>
  ('service' in about ? { subject: about.service, key: null } : { subject: about.persona, key: about.key ?? null });
