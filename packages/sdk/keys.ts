import type { LaneClose, Signed } from '@commonhold/core';
import { path, withQuery, type CallOptions, type Send } from './request.ts';

/**
 * One's key log: `statements` is the chain that counts, `known` how many the house holds, losers of forks too. `here`: home is this house.
 * `pending`: a move that one of the keys in `mayRevert` may still take back until then (ms). `alarms`: somebody else signs with the words.
 */
export interface KeyLog {
  persona: string; statements: Signed[]; known: number; home: string | null; here: boolean; retired: boolean;
  pending: { house: string; from: string; until: number; statement: string; mayRevert: string[] } | null;
  alarms: { height: number; pinned: string; against: string[] }[]; recoveryKey: string;
}

/** How far a device has written a lane: what a lane-close vouches for. */
export interface LaneHead { lane: string; service: string; collection: string; audience: string; seq: number; chain: string }

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
});
