import type { PageQuery, Page } from '@commonhold/sdk';
import { tidyAnswers } from './answers.ts';
import { countKept, MOST_POSTS, type KeptList } from './posts.ts';

const PAGE = 100;
const FILLED = 'commonhold.filled.';

type Load = (query: PageQuery) => Promise<Page>;

function filled(persona: string): boolean {
  try { return localStorage.getItem(FILLED + persona) !== null; } catch { return true; }
}

/**
 * Reads the last posts of both timelines once for each person at this browser, so that they can be read offline; what is read is kept on
 * the way (`readingOffline`). After that the pages that the reader opens keep it fresh.
 */
export async function fill(persona: string, loads: Readonly<Record<KeptList['name'], Load>>): Promise<void> {
  await tidyAnswers(persona);
  const had = await countKept(persona, 'house') + await countKept(persona, 'home');
  if (filled(persona) && had > 0) return;
  for (const load of Object.values(loads)) {
    let page = await load({ first: PAGE });
    for (let read = PAGE; page.next !== null && read < MOST_POSTS; read += PAGE) page = await load({ first: PAGE, before: page.next });
  }
  localStorage.setItem(FILLED + persona, '1');
}
