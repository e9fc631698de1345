import type { Node } from './node.ts';

// Retirement puts out every key; no key has this name.
const EVERY_KEY = '*';

/** For each key that recovery puts out at or above a statement: when this verifier first saw that, ms. */
export type PutOut = ReadonlyMap<string, number>;

/**
 * For each node, the keys that recovery puts out there or further up. Statements only ever add to it, so what
 * somebody adds to a losing branch cannot give a key back.
 */
export function gatherPutOut(root: Node): ReadonlyMap<Node, PutOut> {
  const all: Node[] = [root];
  for (const node of all) for (const child of node.children) all.push(child);
  const found = new Map<Node, Map<string, number>>();
  for (const node of all.reverse()) {
    const own = new Map<string, number>();
    for (const child of node.children) for (const [key, seen] of found.get(child)!) keepEarlier(own, key, seen);
    const key = putsOut(node);
    if (key !== null) keepEarlier(own, key, node.seen);
    found.set(node, own);
  }
  return found;
}

/** When this verifier first saw that `key` was put out; Infinity if never. */
export const seenOut = (out: PutOut, key: string): number =>
  Math.min(out.get(key) ?? Infinity, out.get(EVERY_KEY) ?? Infinity);

function putsOut({ signed: { statement }, byRecovery }: Node): string | null {
  if (!byRecovery) return null;
  switch (statement.type) {
    case 'rotate-recovery': return statement.by;
    case 'revoke-device': return statement.device;
    case 'retire': return EVERY_KEY;
    default: return null;
  }
}

function keepEarlier(out: Map<string, number>, key: string, seen: number): void {
  out.set(key, Math.min(out.get(key) ?? Infinity, seen));
}
