/** The rules in a text, one a line: trimmed, without list signs, empty lines left out. */
export const rulesIn = (text: string): string[] =>
  text.split('\n').map((line) => line.trim().replace(/^(?:[-*•–]|\d{1,2}[.)])\s+/u, '')).filter((line) => line !== '');
