const LONGEST = 30;
const FORM = /^[a-z0-9][a-z0-9_.-]{0,29}$/;

/** Letters that do not fall apart into a base letter and a mark. */
const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', ø: 'o', œ: 'oe', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** A handle made from a name: its first word in plain letters; empty when the name has none. */
export function suggestHandle(name: string): string {
  const first = name.trim().split(/\s+/u)[0] ?? '';
  return asHandle(first).replace(/[^a-z0-9]/g, '');
}

/** What a typed handle becomes: lower case, no accents, only letters, digits, `_`, `.` and `-`. */
export function asHandle(typed: string): string {
  return typed.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
    .replace(/[^\u0000-\u007f]/gu, (letter) => LETTERS[letter] ?? '')
    .replace(/[^a-z0-9_.-]/g, '').slice(0, LONGEST);
}

/** Why a handle will not do: nothing there, or not its form; null when it will. */
export function handleFault(handle: string): 'missing' | 'form' | null {
  if (handle === '') return 'missing';
  return FORM.test(handle) ? null : 'form';
}
