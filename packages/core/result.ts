/** What a pure check answers: a value, or where and why not. Codes are snake_case and stable. */
export type Result<T> = { ok: true; value: T } | { ok: false; code: string; at?: string; message: string };

/** A yes. */
export const yes = <T>(value: T): Result<T> => ({ ok: true, value });

/** A no: stable code, sentence, and (optional) the path in the input. */
export const no = (code: string, message: string, at?: string): Result<never> =>
  at === undefined ? { ok: false, code, message } : { ok: false, code, message, at };
