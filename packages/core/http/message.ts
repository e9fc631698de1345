/** A request over HTTP, as both sides of a signature see it. Names of headers in lower case. */
export interface HttpMessage {
  /** In capitals. */
  method: string;
  /** The whole address that is asked, query included: `https://house.example/pods/…?since=…`. */
  target: string;
  headers: { readonly [name: string]: string | string[] | undefined };
}

/** What is signed of every request. */
export const SIGNED_PARTS = ['@method', '@target-uri', 'content-digest'] as const;
/** Headers that change what a request asks: signed wherever they are sent. */
export const MEANT_HEADERS = ['idempotency-key', 'last-event-id', 'range'] as const;

/** The tag of these signatures: one made for something else is none of ours. */
export const SIGNATURE_TAG = 'commonhold/1';
/** How long a signature may be good, in seconds. */
export const SIGNATURE_SECONDS = 300;
/** By how much clocks may differ, in seconds. */
export const SIGNATURE_SKEW = 30;

/** The one value of a header, or null where it is not there, or several times. */
export function headerOf({ headers }: HttpMessage, name: string): string | null {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  return typeof value === 'string' ? value.trim() : null;
}

/** The text that is signed (RFC 9421 §2.5): a line for each part, and last the parameters; null when a part is missing or is not ASCII. */
export function signatureBase(message: HttpMessage, parts: readonly string[], parameters: string): string | null {
  const lines: string[] = [];
  for (const part of parts) {
    const value = part === '@method' ? message.method : part === '@target-uri' ? message.target : headerOf(message, part);
    if (value === null || !/^[\x20-\x7e]*$/.test(value)) return null;
    lines.push(`"${part}": ${value}`);
  }
  return [...lines, `"@signature-params": ${parameters}`].join('\n');
}
