import { inTurns, orNone, type Member, type Members } from '@commonhold/sdk/service';
import { folded, type Line, type Store } from './store.ts';
import type { AddressBookCollections, Fact } from './types.ts';

/** Somebody who was found, with the lines that whoever looked may see. */
export interface Found { persona: string; house: string; lines: { kind: Fact['kind']; value: string }[] }

/** Whom a search answers at most; each of them is looked up in their pod first. */
export const MOST_FOUND = 20;
const MOST_LINES = 100;

/** The lines that somebody lets the book read now; null when they have left. Throws `ApiError` when their house does not answer. */
async function linesOf(members: Members, { house, persona }: Pick<Member, 'house' | 'persona'>): Promise<{ member: Member; lines: Line[] } | null> {
  const member = await members.find(house, persona);
  if (member === null) return null;
  // Reading was taken back or is paused: there are no lines.
  const found = await orNone(members.pod<AddressBookCollections>(member).of('facts').query({ first: MOST_LINES }));
  return { member, lines: (found?.items ?? []).flatMap(({ body: { kind, value }, audience }) => (kind === undefined || value === undefined ? [] : [{ kind, value, audience }])) };
}

/** Looks at somebody's pod and puts what is there into the book; whoever has left is taken out of it. Answers how many lines. */
export async function relist(members: Members, store: Store, of: Pick<Member, 'house' | 'persona'>): Promise<number> {
  const now = await linesOf(members, of);
  if (now === null) { store.forget(of); return 0; }
  store.list(now.member, now.lines);
  return now.lines.length;
}

/** Finds people by a line. `visitor`: one who proved to be a member sees lines for members, too. Who does not have the line any more is not shown. */
export async function search(members: Members, store: Store, { kind, value, visitor }: { kind: Fact['kind']; value: string; visitor: boolean }): Promise<Found[]> {
  const waiting = store.find(kind, value, !visitor, MOST_FOUND);
  const found: Found[] = [];
  const wanted = folded(value);
  const one = async (of: Member): Promise<void> => {
    const now = await linesOf(members, of);
    if (now === null) { store.forget(of); return; }
    store.list(now.member, now.lines);
    const shown = now.lines.filter(({ audience }) => visitor || audience === 'everyone');
    const fits = shown.some((line) => line.kind === kind && (kind === 'name' || kind === 'interest' ? folded(line.value).startsWith(wanted) : folded(line.value) === wanted));
    // The hash of an address is for finding, not for showing.
    if (fits) found.push({ persona: of.persona, house: of.house, lines: shown.filter((line) => line.kind !== 'email_hash').map((line) => ({ kind: line.kind, value: line.value })) });
  };
  await inTurns(waiting, one);
  return found.sort((a, b) => (a.persona < b.persona ? -1 : 1));
}

/** Looks at everybody: who has left, or changed a line without telling. */
export const sweep = (members: Members, store: Store): Promise<void> => inTurns(store.members(), async (of) => { await relist(members, store, of); });
