import type { LaneClose, Signed } from '@commonhold/core';
import { path, withQuery, type CallOptions, type Send } from './request.ts';
import type { SignedIn } from './types.ts';

/**
 * One's key log: `statements` is the chain that counts, `known` how many the house holds, losers of forks too. `here`: home is this house.
 * `pending`: a move that one of the keys in `mayRevert` may still take back until then (ms). `alarms`: somebody else signs with the words.
 */
export interface KeyLog {
  persona: string; statements: Signed[]; known: number; home: string | null; here: boolean; retired: boolean;
  pending: { house: string; from: string; until: number; statement: string; mayRevert: string[] } | null;
  alarms: { height: number; pinned: string; against: string[] }[]; recoveryKey: string;
  /** A pod device that waits to be added, with `write`: the pod was restored from a backup. */
  waits?: string;
}

/** How far a device has written a lane: what a lane-close vouches for. */
export interface LaneHead { lane: string; service: string; collection: string; audience: string; seq: number; chain: string }

/** A link by which a device of one's own comes in: `mac` is to be checked with core's `checkLink` and the secret that was in the code. */
export interface LinkState { state: 'waiting' | 'asked' | 'done' | 'ended'; device?: string; label?: string; mac?: string }

/** What a new device shows: `mac` by core's `linkMac`, `claim` = base64url of the SHA-256 of a token of 32 random bytes. */
export interface LinkAsk { device: string; label: string; mac: string; claim: string }

/** Whom a link belongs to. */
export interface LinkOwner { persona: string; handle: string; name: string; face: string; house: { title: string; id: string } }

/** Coming back by recovery words: `statement` adds this browser, signed by the recovery key; `proof` by core's `signInProof`. */
export interface RecoverySignInInput { handle: string; statement: Signed; proof: string; closes?: Signed<LaneClose>[]; passphrase?: string; label?: string }

/** Key logs and devices (spec/identity.md). */
export const keys = (send: Send) => ({
  /** One's key log, as it counts. */
  log: (options?: CallOptions) => send<KeyLog>('/me/keylog', options),
  /** Adds statements, and closes of the lanes of devices that they revoke; all or none. 409 `wrong_prev`: read it again and sign anew. */
  extend: (statements: Signed[], closes?: Signed<LaneClose>[]) =>
    send<KeyLog>('/me/keylog', { method: 'POST', body: { statements, ...(closes && { closes }) } }),
  /** How far a device has written its lanes: close them when it is revoked. */
  lanes: (device: string, options?: CallOptions) => send<{ lanes: LaneHead[] }>(withQuery('/me/lanes', { device }), options),
  /** Every statement of somebody's key log that the house holds, those that lost too. */
  of: (who: string, options?: CallOptions) => send<{ persona: string; statements: Signed[] }>(path('people', who, 'keylog'), options),
  /** The house's own key log. */
  house: (options?: CallOptions) => send<{ house: string; statements: Signed[] }>('/house/keylog', options),
  /** Opens a link for a device of one's own: ten minutes. 409 `too_many_links`. */
  openLink: () => send<{ link: string; expires: number }>('/me/links', { method: 'POST', body: {} }),
  /** Whether a device has come by it; the live event `link` tells of changes. */
  link: (link: string, options?: CallOptions) => send<LinkState>(path('me', 'links', link), options),
  /** Adds the device that has come. */
  approveLink: (link: string, statement: Signed) => send<LinkState>(path('me', 'links', link), { method: 'PUT', body: { statement } }),
  endLink: (link: string) => send<void>(path('me', 'links', link), { method: 'DELETE' }),
  /** The new device says who it is. 404 `link_unknown`, 409 `link_taken`, 410 `link_ended`. */
  ask: (link: string, ask: LinkAsk) => send<LinkOwner>(path('links', link), { method: 'POST', body: ask }),
  /** The new device comes back: signed in, or `state` while nobody has approved. */
  claim: (link: string, token: string) => send<SignedIn | { state: 'asked' }>(path('links', link, 'claim'), { method: 'POST', body: { token } }),
  /** The key log on which a sign-in by recovery words is to stand. 404 `recovery_unknown`. */
  prepareRecovery: (input: { handle: string; recoveryKey: string }) => send<{ persona: string; statements: Signed[] }>('/sessions/recovery/prepare', { method: 'POST', body: input }),
  /** Signs in by recovery words; a new passphrase ends all other sessions, passkeys and tokens. */
  recover: (input: RecoverySignInInput) => send<SignedIn>('/sessions/recovery', { method: 'POST', body: input }),
});
