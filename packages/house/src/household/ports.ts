import type { Signed, Suite } from '@commonhold/core';
import type { Grant } from '../firewall/caller.ts';
import type { KeyLogs } from './keys/ports.ts';
import type { Secrets } from '../config/secrets.ts';
import type { Sqlite } from '../sqlite/port.ts';
import type { PodCare } from './care/pods.ts';

/** What a new pod starts with. */
export interface NewPod {
  /** Random name of the pod file; says nothing about the person. */
  pod: string;
  persona: string;
  keyLog: readonly Signed[];
  /** Salt of the pod device's key (16 bytes). */
  keySalt: Uint8Array;
  /** Goes into the first profile record; null for who brings theirs along from another house. */
  name: string | null;
}

/** How the household makes and unmakes pods; both must bear being repeated after a crash. */
export interface Admission {
  /** Makes the pod durably, or throws and leaves what `evict` can clear. */
  admit(pod: NewPod): void | Promise<void>;
  /** Removes whatever exists of a pod; fine when there is nothing. */
  evict(pod: string): void | Promise<void>;
}

/** What the household's verbs are built from; each takes only what it uses. */
export interface HouseholdDeps {
  db: Sqlite;
  suite: Suite;
  secrets: Secrets;
  /** Milliseconds since 1970. */
  clock: () => number;
  /** How many people may live here, reservations included. */
  capacity: number;
  admission: Admission;
  keys: KeyLogs;
  /** Tells a person in their access log that somebody guessed; '' where there is nobody to tell. */
  noteGuess: NoteGuess;
  pods: PodCare;
}

/** What was wrong about a guess; each has its sentence in the words of the access log. */
export type GuessRule = 'wrong_passphrase' | 'wrong_passkey' | 'recovery_unknown' | 'way_unknown' | 'wrong_invite' | 'wrong_code';
/** What was guessed at: a login, an invite, the setup code. */
export type NoteGuess = (persona: string, what: 'session' | 'invite' | 'house', rule: GuessRule, n?: number) => void;

export type Role = 'steward' | 'member';

/** A person at home here, as the household knows them. */
export interface HousePerson {
  persona: string;
  pod: string;
  handle: string;
  /** The name shown at the front door (invite card, steward line); the profile record is the person's own. */
  name: string;
  role: Role;
  keySalt: Uint8Array;
  /** Public key of the pod device. */
  device: string;
  /** Who made the recovery words. */
  recovery: 'browser' | 'house';
  wordsWritten: boolean;
  /** The recovery key whose words were written down; null where that was said before keys were told apart. */
  wordsKey: string | null;
  invitedBy: string | null;
  joinedAt: number;
}

/** What a token for a script may do, beyond being its person's: `services` null = all; `expires` in ms or null. */
export interface AppToken { token: string; label: string; services: readonly string[] | null; write: boolean; expires: number | null; /** Where an app of a service was let in with it. */ grant?: Grant }

/** A proved session; `app`: by a token that its person made for a script. */
export interface Session { id: string; persona: string; handle: string; role: Role; app?: AppToken }

/** What a login or a join answers; `session` is the token itself, shown once. */
export interface Welcome {
  persona: string;
  handle: string;
  session: string;
  /** Recovery words, once, when the house had to make them. */
  words?: string[];
}

/** What the household tells those who listen. */
export type HouseEvent =
  | { type: 'house' }
  /** A post is hidden, or shown again. */
  | { type: 'hidden'; persona: string; key: string }
  /** Somebody may publish less than before, or as ever. */
  | { type: 'standing'; persona: string }
  /** There is something for this person: a notice, or a report to look at. */
  | { type: 'notice'; persona: string }
  | { type: 'reports'; persona: string }
  | { type: 'session-ended'; session: string; persona: string };
