import { shelf } from './drafts.ts';

const PREFIX = 'commonhold.sent.';
const nameOf = (persona: string, id: string): string => `${PREFIX}${persona}.${id}`;

/** Drafts that were sent, by their names and the keys they went out under: the house's copies of them are to go. */
export const sent = {
  add(persona: string, { id, key }: { id: string; key: string }): void {
    try { shelf.setItem(nameOf(persona, id), key); } catch { /* the shelf is full or off: the copy stays among the drafts */ }
  },
  has(persona: string, id: string): boolean {
    try { return shelf.getItem(nameOf(persona, id)) !== null; } catch { return false; }
  },
  remove(persona: string, id: string): void {
    try { shelf.removeItem(nameOf(persona, id)); } catch { /* the shelf is off: there was nothing on it */ }
  },
  all(persona: string): { id: string; key: string }[] {
    const start = nameOf(persona, '');
    try {
      return shelf.names().filter((name) => name.startsWith(start)).map((name) => ({ id: name.slice(start.length), key: shelf.getItem(name) ?? '' }));
    } catch {
      return [];
    }
  },
};
