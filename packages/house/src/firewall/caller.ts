/**
 * Who asks, as a door has proved it. `person`: a session or a device of somebody at home here;
 * `app`: a script of theirs, by a token, or (`grant`) an app of a service that they let in; `service`: whoever holds this key, at the
 * namespaces of the service that they ask for, whose it may or may not be; `anyone`: nobody in particular; `owner`: the pod's own person by way of the machine (command line, jobs).
 */
export type Caller =
  | { kind: 'person'; persona: string; session: string }
  | { kind: 'app'; persona: string; token: string; label: string; services: readonly string[] | null; write: boolean; grant?: Grant }
  | { kind: 'service'; service: string; key: string }
  | { kind: 'owner'; persona: string }
  | { kind: 'anyone' };

/** What somebody let an app of a service have: from where it comes, and which collections (null: all). */
export interface Grant { origin: string; collections: readonly string[] | null }

/** The caller who proved nothing. */
export const ANYONE: Caller = { kind: 'anyone' };

/** The persona that stands behind a caller, or null. */
export const personaOf = (caller: Caller): string | null => ('persona' in caller ? caller.persona : null);

/** A caller who is somebody. */
export type Somebody = Caller & { persona: string };

/** A service's name in a log. */
export const serviceName = (service: string): string => `service:${service}`;

/** A name for whoever asks, by which what is theirs is told from what is others'; '' for nobody in particular. */
export const nameOf = (caller: Caller): string => (caller.kind === 'service' ? serviceName(caller.service) : personaOf(caller) ?? '');
