import { Refusal } from '@commonhold/core';

/** A text that somebody typed, trimmed, of so many characters. Refuses `bad_text`, with the field. */
export function tidyText(typed: string, field: string, min: number, max: number): string {
  const text = typed.normalize('NFC').trim();
  if (text.isWellFormed() && [...text].length >= min && [...text].length <= max) return text;
  throw new Refusal('invalid', 'bad_text', `This must have ${min} to ${max} characters.`, { field, expected: `${min} to ${max} characters` });
}
