import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { HouseholdDeps } from '../ports.ts';
import type { Challenges } from './challenges.ts';

/** Under which name of the house somebody came: its origin, and the host name that passkeys are bound to. */
export interface Place { origin: string; rp: string }

/** A passkey as its owner sees it; times in ms, `used` null until the first time. `address`: the name it opens the house under. */
export interface PasskeyLine { id: string; label: string; created: number; used: number | null; address: string }

/** What a browser answers when it made a passkey. */
export type MadePasskey = RegistrationResponseJSON;
/** What a browser answers when it used one. */
export type UsedPasskey = AuthenticationResponseJSON;

/** What the verbs of passkeys are built from. */
export type PasskeyDeps = Pick<HouseholdDeps, 'db' | 'suite' | 'clock'> & { challenges: Challenges };

/** Signatures that are taken: Ed25519, P-256, RSA. */
export const ALGORITHMS = [-8, -7, -257];
/** How many one person may have. */
export const PER_PERSON = 20;

/** The library, fetched when the first passkey comes: a house boots without it. */
export const library = () => import('@simplewebauthn/server');
