/** The path of a Chromium, after trying to get one; null when there is none to be had. */
export function findChromium(root: string): Promise<string | null>;
/** What to tell somebody who has none. */
export const NO_CHROMIUM: string;
