import type { Job } from './jobs.ts';
import { path, type CallOptions, type Send } from './request.ts';

/** Where backups go: a folder of the house's machine, or a bucket of S3-compatible storage. A secret is never given back. */
export type BackupTarget = { kind: 'folder'; path: string } | { kind: 's3'; endpoint: string; region: string; bucket: string; prefix: string; keyId: string; secret?: string };

/** When (hour of the machine's own time), where, and which stay: the newest of so many days, weeks and months. */
export interface BackupSettings { on: boolean; hour: number; target: BackupTarget | null; keep: { daily: number; weekly: number; monthly: number } }

/** What came of restoring a backup for trial. Times in ms. */
export interface Drill { id: string; at: number; ok: boolean; found: string[] }

/** A backup. `took` ms; `bytes` of the whole house, `added` of them new at the place. */
export interface Backup { id: string; at: number; took: number; title: string; people: number; files: number; bytes: number; added: number; drill?: Drill | null }

/** What there is; `place` says why it cannot be listed; `last`: how the last one went. */
export interface BackupList { backups: Backup[]; last: { at: number; ok: boolean; code?: string; say?: string } | null; place: { code: string; say: string } | null }

/** How a restore in place of a fresh house stands. */
export interface RestoreState { state: 'none' | 'running' | 'failed' | 'done'; done: number; of: number; words: string | null; failed: { code: string; say: string } | null }

/** The setup code, where the backups lie, and the 24 words of the house. */
export interface RestoreWish { code: string; target: BackupTarget; words: string[] }

/** What a steward offers: to put the pod back as a backup of `at` has it. Times in ms. */
export interface PodOffer { at: number; until: number; by: { persona: string; handle: string; name: string } }

/** Backups of the house, for stewards; and restoring one instead of founding. */
export const backups = (send: Send) => ({
  settings: (options?: CallOptions) => send<BackupSettings>('/house/backups/settings', options),
  /** The place is tried first. 400 `bad_target`, 503 `target_gone`, `target_denied`, `target_full`. */
  setSettings: (settings: BackupSettings) => send<BackupSettings>('/house/backups/settings', { method: 'PUT', body: settings }),
  list: (options?: CallOptions) => send<BackupList>('/house/backups', options),
  /** Makes one now. 409 `no_target`, `job_running`. */
  make: () => send<Job>('/house/backups', { method: 'POST', body: {} }),
  /** Restores one for trial. */
  drill: (id: string) => send<Job>(path('house', 'backups', id, 'drill'), { method: 'POST', body: {} }),
  /** Offers somebody to put their pod back as that backup has it; `job` where it begins at once. 404 `not_in_backup`. */
  offerPod: (id: string, persona: string) => send<{ offer: PodOffer | null; job: Job | null }>(path('house', 'backups', id, 'pod'), { method: 'POST', body: { persona } }),
  /** What a steward offers to you. */
  podOffer: (options?: CallOptions) => send<{ offer: PodOffer | null }>('/me/restore', options),
  /** Yes: the house starts anew once all of it is there. 404 `nothing_offered`. */
  takePod: () => send<Job>('/me/restore', { method: 'POST', body: {} }),
  leavePod: () => send<void>('/me/restore', { method: 'DELETE' }),
  /** Which backups these words open. 400 `bad_words`, `wrong_key`, 404 `no_backups`. */
  look: (wish: RestoreWish) => send<{ backups: Backup[] }>('/setup/restore/look', { method: 'POST', body: wish }),
  restore: (wish: RestoreWish & { backup?: string }) => send<RestoreState>('/setup/restore', { method: 'POST', body: wish }),
  restoreState: (options?: CallOptions) => send<RestoreState>('/setup/restore', options),
});
