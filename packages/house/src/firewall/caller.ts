/**
 * Who asks, as a door has proved it. `person`: a session or token of somebody at home here;
 * `app`: a script of theirs, by a token; `anyone`: nobody in particular; `owner`: the pod's own person by way of the machine (command line, jobs).
 */
export type Caller =
  | { kind: 'person'; persona: string; session: string }
  | { kind: 'app'; persona: string; token: string; label: string; services: readonly string[] | null; write: boolean }
  | { kind: 'owner'; persona: string }
  | { kind: 'anyone' };

/** The caller who proved nothing. */
export const ANYONE: Caller = { kind: 'anyone' };

/** The persona that stands behind a caller, or null. */
export const personaOf = (caller: Caller): string | null => (caller.kind === 'anyone' ? null : caller.persona);
