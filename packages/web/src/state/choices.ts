import { signal } from '@preact/signals';
import type { Choices } from '@commonhold/sdk';
import { client } from './client.ts';
import { me } from './session.ts';
import { makeWish } from './wish.ts';

/** What holds for the reader's own posts unless they say otherwise, once asked for. */
export const choices = signal<Choices | null>(null);

/** Asks the house. */
export async function loadChoices(): Promise<void> {
  choices.value = await client.microblog.choices();
}

/** Says anew who may quote, or whether numbers stand beside. */
export const choose = makeWish(choices, async (whole) => {
  const chosen = await client.microblog.setChoices(whole);
  if (me.peek()) me.value = { ...me.peek()!, counts: chosen.counts };
  return chosen;
});
