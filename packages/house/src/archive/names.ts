import type { LeftOut } from './types.ts';

const MOST_NAME = 1024;
const MOST_TOLD = 1000;

/** A name that can do no harm wherever it is used, or null: relative, with forward slashes, no way up, nothing that cannot be seen. */
export function safeName(name: string): string | null {
  const plain = name.replace(/^(\.\/)+/, '');
  if (plain === '' || plain.length > MOST_NAME || !plain.isWellFormed()) return null;
  // eslint-disable-next-line no-control-regex -- that is what is looked for
  if (/[\u0000-\u001f\u007f\\]/.test(plain) || plain.startsWith('/') || /^[a-z]:/i.test(plain)) return null;
  return plain.split('/').some((part) => part === '..') ? null : plain;
}

/** Keeps names apart and tells what was left out. */
export interface NameBook {
  /** The safe name of a file that is taken, or null where it is left out (which is noted). */
  take(name: string): string | null;
  leave(name: string, why: LeftOut['why']): void;
  readonly leftOut: LeftOut[];
}

/** Of two files whose names differ in case or spelling alone the first counts, wherever they were packed. */
export function makeNameBook(): NameBook {
  const seen = new Set<string>();
  const leftOut: LeftOut[] = [];
  const leave: NameBook['leave'] = (name, why) => { if (leftOut.length < MOST_TOLD) leftOut.push({ name: name.slice(0, 200).toWellFormed(), why }); };
  return {
    leftOut,
    leave,
    take: (name) => {
      const safe = safeName(name);
      if (safe === null) { leave(name, 'unsafe_name'); return null; }
      const same = safe.normalize('NFC').toLowerCase();
      if (seen.has(same)) { leave(name, 'twice'); return null; }
      seen.add(same);
      return safe;
    },
  };
}
