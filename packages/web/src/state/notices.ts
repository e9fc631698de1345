import { signal } from '@preact/signals';
import type { Ref } from '@commonhold/sdk';
import { idOf } from './merge.ts';
import { refreshMe } from './session.ts';

/** Grows whenever the stewards have something new to tell: what shows it asks again. */
export const noticeRound = signal(0);

/** Takes in that there is something: a notice, a report that waits, or who one is in the house. */
export function hearNotice(): void {
  noticeRound.value++;
  void refreshMe().catch(() => undefined);
}

const marks = signal<ReadonlyMap<string, boolean>>(new Map());

/** Takes in that the house hides a post, or shows it again. */
export function markHidden(ref: Ref, hidden: boolean): void {
  marks.value = new Map(marks.peek()).set(idOf(ref), hidden);
}

/** Whether a post that the reader sees is hidden from others in this house. */
export const isHidden = (item: Ref & { hiddenByHouse?: true }): boolean => marks.value.get(idOf(item)) ?? item.hiddenByHouse === true;
