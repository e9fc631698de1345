import { fromBase64Url, toBase64Url } from '@commonhold/core';
import type { HandOver } from '@commonhold/sdk';

const NAMES = ['house', 'podDevice', 'recoveryKey'] as const;

/** A place for a name in this house, as a note for the house before. */
export const noteOf = (place: HandOver): string => toBase64Url(new TextEncoder().encode(JSON.stringify(NAMES.map((name) => place[name]))));

/** Reads such a note; null for anything else. */
export function readPlace(text: string): HandOver | null {
  const bytes = fromBase64Url((/(?:#|^)([\w-]{40,})$/.exec(text.trim()) ?? [])[1] ?? '');
  try {
    const said: unknown = bytes && JSON.parse(new TextDecoder().decode(bytes));
    if (!Array.isArray(said) || said.length !== NAMES.length || !said.every((one) => typeof one === 'string')) return null;
    const [house, podDevice, recoveryKey] = said as [string, string, string];
    return { house, podDevice, recoveryKey };
  } catch { return null; }
}
