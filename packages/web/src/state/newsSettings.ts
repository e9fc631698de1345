import { signal } from '@preact/signals';
import type { NewsKind, NewsSettings } from '@commonhold/sdk';
import { client } from './client.ts';

/** Which kinds of news the reader wants, once asked for. */
export const wanted = signal<NewsSettings | null>(null);

/** Asks the house. */
export async function loadWanted(): Promise<void> {
  wanted.value = await client.news.settings();
}

/** Says the hours in which nothing is announced, or that there are none: shown at once, taken back when the house says no (which is thrown). */
export async function setQuiet(quiet: NewsSettings['quiet']): Promise<void> {
  const before = wanted.peek();
  if (!before) return;
  wanted.value = { ...before, quiet };
  try {
    wanted.value = await client.news.setSettings({ ...before, quiet });
  } catch (error) {
    wanted.value = before;
    throw error;
  }
}

/** Switches a kind: shown at once, taken back when the house says no (which is thrown). */
export async function want(kind: NewsKind, yes: boolean): Promise<void> {
  const before = wanted.peek();
  if (!before) return;
  wanted.value = { ...before, [kind]: yes };
  try {
    wanted.value = await client.news.setSettings({ ...before, [kind]: yes });
  } catch (error) {
    wanted.value = before;
    throw error;
  }
}
