import { signal } from '@preact/signals';

/* A page that nobody sees is not drawn, and must not wait for that. */
const LONGEST_MS = 3000;

/** Whether the first screen of this page has been drawn. What is not needed to draw it waits for that. */
export const stands = signal(false);

let tell = (): void => undefined;
const drawn = new Promise<void>((resolve) => { tell = resolve; });

/** Resolves once the first screen has been drawn; at once later on. */
export const onceItStands = (): Promise<void> => drawn;

function reached(): void {
  stands.value = true;
  tell();
}

/** Called when the first screen is in the document, or when there is no hurry about it. Call once. */
export function firstIsThere(): void {
  // After the frame that shows it, not before it.
  requestAnimationFrame(() => setTimeout(reached));
  setTimeout(reached, LONGEST_MS);
}
