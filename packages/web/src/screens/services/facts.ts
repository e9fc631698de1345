/** A key as people compare it: its first sixteen characters, in fours. */
export const keyText = (key: string): string => key.slice(0, 16).replace(/(.{4})(?=.)/g, '$1 ');

/** The host of an address; what is none is shown as it stands. */
export const reachOf = (address: string): string => URL.parse(address)?.host || address;

/** The time in a record clock (16 hex digits: 48 bits of ms), or null where it says none. */
export function signedAt(at: string | undefined): number | null {
  const ms = at === undefined ? 0 : Number.parseInt(at.slice(0, 12), 16);
  return ms > 0 && ms < 8.64e15 ? ms : null;
}

/** What was typed: an address to ask, or a contract that was pasted. Null: neither. */
export function askedFor(text: string): { address: string } | { contract: Record<string, unknown> } | null {
  const typed = text.trim();
  if (!typed.startsWith('{')) return /^[^\s]+\.[^\s]+$|^https?:\/\/[^\s]+$|^localhost(:\d+)?(\/[^\s]*)?$/.test(typed) ? { address: typed } : null;
  try {
    const contract = JSON.parse(typed) as unknown;
    return typeof contract === 'object' && contract !== null && !Array.isArray(contract) ? { contract: contract as Record<string, unknown> } : null;
  } catch { return null; }
}
