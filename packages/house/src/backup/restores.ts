import type { Suite } from '@commonhold/core';
import type { Secrets } from '../config/secrets.ts';
import type { PodHandling } from '../firewall/pod-care.ts';
import type { Household } from '../household/household.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Backups } from './backups.ts';
import { adoptRestored } from './adopt.ts';
import { adoptPod, isPodWaiting, type CameBack } from './one-pod.ts';
import { makePodOffers, type PodOffers } from './pod-offers.ts';
import { programOf, type Program } from '../upgrade/back.ts';
import { makeSetupRestore, type SetupRestore } from './setup.ts';

/** What makes a running house what it was: itself out of a backup, while nobody has founded it, one pod, or all before an upgrade. */
export interface Restores { restore: SetupRestore; podOffers: PodOffers; program: Program }

interface Standing {
  suite: Suite; config: { data: string }; secrets: Secrets; jobs: Jobs; backups: Pick<Backups, 'target'>; household: Household; firewall: { care: Pick<PodHandling, 'isReadable' | 'noteCare'> }; now(): number;
}

/** Of an open house. `whole`: something waits for the next start; `onError` hears of what is nobody's fault but ours. */
export function restoresOf({ suite, config: { data }, secrets, jobs, backups, household, firewall, now }: Standing, whole: () => void, onError: (error: unknown) => void): Restores {
  return {
    restore: makeSetupRestore({ suite, data, checkCode: household.checkSetupCode, whole, onError }),
    program: programOf(data, whole),
    podOffers: makePodOffers({ suite, data, secrets, jobs, household, now, target: backups.target, isReadable: firewall.care.isReadable, whole }),
  };
}

/** Takes in what waits, before a house opens: a restored house; a pod. A pod that cannot be put in its place is let go of, and `onError` hears why. */
export function adoptWaiting(suite: Suite, data: string, onError: (error: unknown) => void): CameBack | null {
  adoptRestored(data);
  try { return adoptPod(suite, data); } catch (error) {
    if (isPodWaiting(data)) throw error;
    onError(error);
    return null;
  }
}

/** Whoever's pod came out of a backup hears of it, and finds it in their log. */
export function tellBack({ household, firewall }: Pick<Standing, 'household' | 'firewall'>, { persona, by, at }: CameBack): void {
  household.care.notices.add(persona, 'restored', { by, until: at });
  firewall.care.noteCare(persona, by, 'restored');
}
