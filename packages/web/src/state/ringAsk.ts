import { signal } from '@preact/signals';
import type { Audience, Person } from '@commonhold/sdk';
import { client } from './client.ts';
import { myPersona } from './session.ts';

/** Somebody is about to enter or leave a ring of the reader's, who has `n` older posts for it. `go` carries it out. */
export interface RingChange { person: Pick<Person, 'persona' | 'name'>; ring: Extract<Audience, 'close' | 'followers'>; enters: boolean; n: number; go: () => void; back?: (() => void) | undefined }

/** The change that waits for a word about older posts; null when none does. */
export const ringChange = signal<RingChange | null>(null);

const posts = () => ({ persona: myPersona.peek()!, service: 'microblog', collection: 'posts' });
const PAGE = 500;

/** Asks what shall become of older posts, where there are any; without, or where the house cannot say, it is carried out at once. */
export async function askRing(change: Omit<RingChange, 'n'>): Promise<void> {
  const n = await client.data.count(posts(), { where: { $audience: { eq: change.ring } } }).then(({ count }) => count, () => 0);
  if (n === 0) change.go();
  else ringChange.value = { ...change, n };
}

/** Makes all older posts for a ring the reader's own alone, one after the other; `done` hears how many are. Throws what the house says. */
export async function keepOlder(ring: Audience, done: (n: number) => void): Promise<void> {
  for (let n = 0; ;) {
    const { items } = await client.data.query(posts(), { where: { $audience: { eq: ring } }, first: PAGE });
    if (items.length === 0) return;
    for (const { key } of items) {
      await client.microblog.setAudience(key, 'only-me');
      done(++n);
    }
  }
}
