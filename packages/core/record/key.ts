/** Whose a record key is, by what stands before its `/`: a persona or a service that offered the record; null for the owner's own. */
export function keyOwner(key: string): string | null {
  const end = key.indexOf('/');
  return end < 0 ? null : key.slice(0, end);
}

/**
 * Whether an author may write under a key: a persona under keys that begin with it; the service itself under its own and the owner's,
 * and what another put there it can only remove.
 */
export function keyFits(key: string, author: string, { service, op }: { service: string; op: 'put' | 'remove' }): boolean {
  const owner = keyOwner(key);
  return owner === author || (author === service && (owner === null || op === 'remove'));
}
