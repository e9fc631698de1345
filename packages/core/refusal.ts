/** What kind of no: each door maps the kind to its own dialect once. */
export type RefusalKind =
  | 'invalid' | 'unauthenticated' | 'denied' | 'not_found' | 'conflict' | 'gone' | 'too_big' | 'rate_limited' | 'unavailable';

/** Where in the input, and what was expected there. */
export interface RefusalDetail { field?: string; expected?: string; retryAfter?: number; cause?: unknown }

/**
 * An expected no, with a stable `code` (snake_case) that clients may switch on and a sentence for people.
 * Anything else that is thrown is a bug.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly kind: RefusalKind;
  readonly code: string;
  readonly field: string | undefined;
  readonly expected: string | undefined;
  /** Seconds after which a try is welcome again. */
  readonly retryAfter: number | undefined;

  constructor(kind: RefusalKind, code: string, message: string, detail: RefusalDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.kind = kind;
    this.code = code;
    this.field = detail.field;
    this.expected = detail.expected;
    this.retryAfter = detail.retryAfter;
  }
}
