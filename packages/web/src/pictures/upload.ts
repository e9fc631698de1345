import { ApiError, type Image } from '@commonhold/sdk';
import { sendFile, type OnProgress } from '../state/sendFile.ts';

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

const later = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

/** Sends a picture for a post, or for the profile; two at a time. Throws `ApiError`; `unreachable` too when `signal` ended it. */
export const sendPicture = (file: Blob, service: 'microblog' | 'people', how: { signal: AbortSignal; onProgress: OnProgress }): Promise<Image> => inTurn(async () => {
  for (let tries = 1; ; tries++) {
    how.signal.throwIfAborted();
    try { return (await sendFile<{ image: Image }>(file, `/${service}/images`, how)).image; } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 429 || tries >= TRIES) throw error;
      await later(1000 * tries);
    }
  }
});
