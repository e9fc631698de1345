import { effect } from '@preact/signals';
import { fill } from '../offline/fill.ts';
import { client } from './client.ts';
import { myPersona } from './session.ts';

/* First what the reader looks at. */
const QUIET_MS = 4000;

/** Keeps the last posts for reading offline, once the page has come to rest. Call once. */
export function startOffline(): void {
  effect(() => {
    const persona = myPersona.value;
    if (!persona) return undefined;
    const timer = setTimeout(() => { void fill(persona, { house: client.microblog.house, home: client.microblog.home }).catch(() => undefined); }, QUIET_MS);
    return () => clearTimeout(timer);
  });
}
