/** A piece of a text; `new` = the other text does not have it there. */
export interface Piece { text: string; new: boolean }

/* Beyond this the table would be large, and the marks would help nobody. */
const MOST_WORDS = 600;

/** How long the longest common row of words is, from each place on. */
function table(a: readonly string[], b: readonly string[]): number[][] {
  const long = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) long[i]![j] = a[i] === b[j] ? long[i + 1]![j + 1]! + 1 : Math.max(long[i + 1]![j]!, long[i]![j + 1]!);
  }
  return long;
}

function push(pieces: Piece[], text: string, fresh: boolean): void {
  const last = pieces.at(-1);
  if (last?.new === fresh) last.text += text;
  else pieces.push({ text, new: fresh });
}

/** Both texts in pieces, marked where they differ, word by word. Long texts are left whole. */
export function differ(left: string, right: string): [Piece[], Piece[]] {
  const [a, b] = [left, right].map((text) => text.split(/(?<=\s)(?=\S)/u)) as [string[], string[]];
  if (a.length > MOST_WORDS || b.length > MOST_WORDS) return [[{ text: left, new: false }], [{ text: right, new: false }]];
  const long = table(a, b);
  const out: [Piece[], Piece[]] = [[], []];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) { push(out[0], a[i++]!, false); push(out[1], b[j++]!, false); }
    else if (j >= b.length || (i < a.length && long[i + 1]![j]! >= long[i]![j + 1]!)) push(out[0], a[i++]!, true);
    else push(out[1], b[j++]!, true);
  }
  return out;
}
