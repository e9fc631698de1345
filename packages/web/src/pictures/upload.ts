import { ApiError, type Image } from '@commonhold/sdk';

/** How far a picture is on its way: 0 to 1; 1 = all of it is with the house, which makes it ready. */
export type OnProgress = (part: number) => void;

const AT_ONCE = 2;
/** A house that has too much to do is asked again, so often. */
const TRIES = 4;

const line: (() => void)[] = [];
let under = 0;

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (under >= AT_ONCE) await new Promise<void>((resolve) => { line.push(resolve); });
  under++;
  try { return await work(); } finally { under--; line.shift()?.(); }
}

function problem({ status, responseText }: XMLHttpRequest): ApiError {
  let body: Record<string, unknown> = {};
  try { body = JSON.parse(responseText) as Record<string, unknown>; } catch { /* a page of something in between */ }
  return new ApiError(status, typeof body['code'] === 'string' ? body['code'] : `http_${status}`, typeof body['detail'] === 'string' ? body['detail'] : '');
}

/* By XMLHttpRequest: fetch does not tell how much has been sent. */
function sendOnce(file: Blob, to: string, { signal, onProgress }: { signal: AbortSignal; onProgress: OnProgress }): Promise<Image> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const lost = () => reject(new ApiError(0, 'unreachable', ''));
    request.open('POST', to);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = lost;
    request.onabort = lost;
    request.onload = () => {
      if (request.status !== 201) { reject(problem(request)); return; }
      try { resolve((JSON.parse(request.responseText) as { image: Image }).image); } catch { lost(); }
    };
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

const later = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

/** Sends a picture for a post, or for the profile; two at a time. Throws `ApiError`; `unreachable` too when `signal` ended it. */
export const sendPicture = (file: Blob, service: 'microblog' | 'people', how: { signal: AbortSignal; onProgress: OnProgress }): Promise<Image> => inTurn(async () => {
  for (let tries = 1; ; tries++) {
    how.signal.throwIfAborted();
    try { return await sendOnce(file, `/${service}/images`, how); } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 429 || tries >= TRIES) throw error;
      await later(1000 * tries);
    }
  }
});
