import { effect, signal } from '@preact/signals';
import type { Account } from '@commonhold/sdk';
import { client } from './client.ts';
import { myPersona } from './session.ts';

const KEY = 'commonhold.accounts';

/** Everybody who is signed in at this browser, as far as this page asked; who acts now is `current`. */
export const accounts = signal<readonly Account[]>([]);

/* Whoever is alone at a browser need not be asked about at every start. */
const several = {
  kept(): boolean { try { return localStorage.getItem(KEY) !== null; } catch { return false; } },
  keep(yes: boolean): void {
    try {
      if (yes) localStorage.setItem(KEY, '1');
      else localStorage.removeItem(KEY);
    } catch { /* storage is off: they are asked about in settings */ }
  },
};

/** Asks who is signed in at this browser. */
export async function loadAccounts(): Promise<void> {
  accounts.value = (await client.sessions.here()).accounts;
  several.keep(accounts.value.length > 1);
}

/** One more signs in here: the next page asks who they all are. */
export const expectSeveral = (): void => several.keep(true);

/** Goes on as somebody else who is signed in here. Everything on the screen was somebody else's, so the page starts anew. Throws what the house says. */
export async function goOnAs(persona: string): Promise<void> {
  await client.sessions.goOn(persona);
  location.assign('/');
}

/** Keeps the tabs of this browser one person. Call once. */
export function startAccounts(): void {
  const others = new BroadcastChannel('commonhold.here');
  others.onmessage = ({ data }: MessageEvent<string>) => { if (myPersona.peek() && myPersona.peek() !== data) location.assign('/'); };
  effect(() => {
    const persona = myPersona.value;
    if (persona) others.postMessage(persona);
    if (several.kept()) void loadAccounts().catch(() => undefined);
  });
}
