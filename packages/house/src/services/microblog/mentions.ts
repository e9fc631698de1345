import { handlesIn } from '@commonhold/core';
import type { Housemates } from '../shared/housemates.ts';

/** Most people whom one post may name. */
const MOST = 50;

/** What finds whom words name: who is at home here, and from whom the writer is parted by a block. */
export interface MentionDeps { housemates: Pick<Housemates, 'find'>; apart(one: string, other: string): boolean }

/**
 * Whom a text names by `@handle`, each once, in the order of the text. Only people who are here; somebody from whom a block parts the
 * writer is as absent as one who never was.
 */
export function mentionsIn({ housemates, apart }: MentionDeps, writer: string, text: string): string[] {
  const found = new Set<string>();
  for (const handle of handlesIn(text)) {
    const mate = housemates.find(handle);
    if (mate?.handle === handle && !apart(writer, mate.persona)) found.add(mate.persona);
    if (found.size === MOST) break;
  }
  return [...found];
}
