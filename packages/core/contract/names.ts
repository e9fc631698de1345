/** Names of services, collections, definitions, relations and bundles. */
export const IDENTIFIER = /^[a-z][a-z0-9_]{0,62}$/;

/** Limits of a contract document (spec/contract.md, "Limits"). */
export const CONTRACT_LIMITS = {
  bytes: 262_144, depth: 16, collections: 128, rules: 64, definitions: 512, names: 64, origins: 16,
  title: 80, sentence: 280, address: 2_000, count: 10_000_000, itemBytes: 262_144, version: 2_147_483_647,
} as const;

const DAY = 86_400_000;
const UNITS: { readonly [unit: string]: number } = { D: DAY, W: 7 * DAY, M: 30 * DAY, Y: 365 * DAY };

/** `P<1–9999>` and D, W, M (30 days) or Y (365 days) in milliseconds; null for any other text. */
export function durationMs(text: string): number | null {
  const found = /^P([1-9]\d{0,3})([DWMY])$/.exec(text);
  return found === null ? null : Number(found[1]) * UNITS[found[2]!]!;
}
