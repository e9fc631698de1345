/** The code of a no; a yes here is a mistake in the vectors. */
export function codeOf(result: { ok: true } | { ok: false; code: string }): string {
  if (result.ok) throw new TypeError('this vector was meant to be bad');
  return result.code;
}
