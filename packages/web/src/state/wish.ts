import type { Signal } from '@preact/signals';

/**
 * Something that the house keeps whole and the reader changes part by part. A change is `shown` at once; what is changed while one is on
 * its way goes after it, so that no wish is lost on a slow line and the last one stands. Where the house says no (which is thrown), it is
 * shown again as it stands there.
 */
export function makeWish<T extends object>(shown: Signal<T | null>, save: (whole: T) => Promise<T>): (part: Partial<T>) => Promise<void> {
  let stands: T | null = null;
  let going: Promise<void> | null = null;
  const send = async (): Promise<void> => {
    try {
      for (let sent: T | null = null; sent !== shown.peek();) {
        sent = shown.peek()!;
        stands = await save(sent);
      }
    } finally {
      going = null;
      shown.value = stands;
    }
  };
  return async (part) => {
    const now = shown.peek();
    if (!now) return;
    if (!going) stands = now;
    shown.value = { ...now, ...part };
    await (going ??= send());
  };
}
