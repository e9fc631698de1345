import { signal } from '@preact/signals';
import type { NewsKind, NewsSettings } from '@commonhold/sdk';
import { client } from './client.ts';
import { makeWish } from './wish.ts';

/** Which kinds of news the reader wants, once asked for. */
export const wanted = signal<NewsSettings | null>(null);

/** Asks the house. */
export async function loadWanted(): Promise<void> {
  wanted.value = await client.news.settings();
}

const wish = makeWish(wanted, (whole) => client.news.setSettings(whole));

/** Says the hours in which nothing is announced, or that there are none. */
export const setQuiet = (quiet: NewsSettings['quiet']): Promise<void> => wish({ quiet });

/** Switches a kind. */
export const want = (kind: NewsKind, yes: boolean): Promise<void> => wish({ [kind]: yes });
