import { computed, effect, signal } from '@preact/signals';
import { ApiError, type House, type Me } from '@commonhold/sdk';
import { lastHere, rememberHere } from '../offline/answers.ts';
import { eraseKept, eraseRead } from '../offline/database.ts';
import { actAs, client } from './client.ts';

/** The house, once it has answered. */
export const house = signal<House | null>(null);
/** Who is signed in: undefined until the house has said, null when nobody is. */
export const me = signal<Me | null | undefined>(undefined);
/** Why the app could not start. */
export const bootFault = signal<ApiError | null>(null);

/** The reader's persona id, or null for a visitor. */
export const myPersona = computed(() => me.value?.persona ?? null);
/** Whether the reader only looks around, in a made-up house. */
export const isGuest = computed(() => me.value?.guest === true);
/** Name of the house for titles; the product's until it is founded. */
export const houseTitle = computed(() => house.value?.title || 'Commonhold');

/** Asks again who is signed in: after founding, joining, signing in, or a change of profile. */
export async function refreshMe(): Promise<Me | null> {
  try {
    me.value = await client.me.get();
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    forgetMe();
  }
  return me.value ?? null;
}

/** Nobody is signed in any more: what was kept to be read offline goes. What was written and not sent waits for the next login. */
export function forgetMe(): void {
  const persona = myPersona.peek() ?? lastHere();
  me.value = null;
  rememberHere(null);
  if (persona) void eraseRead(persona);
}

/* Another tab of this browser became somebody else: this page shows the wrong person, and starts anew. */
const becameAnother = (): void => location.assign('/');
effect(() => {
  const persona = myPersona.value;
  actAs(persona, becameAnother);
  if (persona) rememberHere(persona);
});

/** Asks the house again for its name, rules and number of people. */
export async function refreshHouse(): Promise<House> {
  return house.value = await client.house.get();
}

/** First questions of the app; what fails lands in `bootFault`, and may be tried again. */
export async function boot(): Promise<void> {
  bootFault.value = null;
  try {
    await Promise.all([refreshHouse(), refreshMe()]);
  } catch (error) {
    bootFault.value = error instanceof ApiError ? error : new ApiError(0, 'unexpected', String(error), { cause: error });
  }
}

/** Ends this session and leaves nothing of it on the screen. */
export async function signOut(): Promise<void> {
  const persona = myPersona.peek();
  await client.sessions.end();
  rememberHere(null);
  if (persona) await eraseKept(persona);
  location.assign('/login');
}
