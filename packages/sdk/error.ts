/** A no from the house, or no answer at all (`status` 0, code `unreachable`). `code` is stable and may be switched on. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  /** A sentence for people, in the house's language. */
  readonly detail: string;
  /** Path of the input that is wrong, such as `person.handle`. */
  readonly field: string | undefined;
  readonly expected: string | undefined;
  /** Seconds after which a try is welcome again. */
  readonly retryAfter: number | undefined;

  constructor(status: number, code: string, detail: string, more: { field?: string; expected?: string; retryAfter?: number; cause?: unknown } = {}) {
    super(`${code}: ${detail}`, more.cause === undefined ? undefined : { cause: more.cause });
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.field = more.field;
    this.expected = more.expected;
    this.retryAfter = more.retryAfter;
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Reads an `application/problem+json` answer (RFC 9457); any other body gets a code made of the status. */
export async function problemOf(answer: Response): Promise<ApiError> {
  let body: Record<string, unknown> = {};
  try {
    const parsed: unknown = await answer.json();
    if (typeof parsed === 'object' && parsed !== null) body = parsed as Record<string, unknown>;
  } catch { /* not JSON: a proxy's page, or nothing at all */ }
  const field = text(body['field']);
  const expected = text(body['expected']);
  const retryAfter = Number(answer.headers.get('retry-after'));
  return new ApiError(answer.status, text(body['code']) ?? `http_${answer.status}`, text(body['detail']) ?? text(body['title']) ?? answer.statusText, {
    ...(field === undefined ? {} : { field }), ...(expected === undefined ? {} : { expected }), ...(retryAfter > 0 ? { retryAfter } : {}),
  });
}
