import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const RANGES: Readonly<Record<string, string>> = {
  latin: 'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2190-2193,U+2212,U+2215,U+FEFF,U+FFFD',
  'latin-ext': 'U+0100-0130,U+0132-0151,U+0154-02BA,U+02BD-02C5,U+02C7-02CC,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+2C60-2C7F',
};
const FAMILIES = [['inter', 'Inter Variable'], ['source-serif-4', 'Source Serif 4 Variable']] as const;

/** The style of the pages for everyone: one file, with the fonts of the app where the app is built; `icon`: the address of its icon. */
export interface Style { path: string; text: string; etag: string; icon: string | null }

/** Makes the style; `dist` is the folder of the built app. */
export function makeStyle(dist: string): Style {
  const files = assetsOf(dist);
  const fonts = FAMILIES.flatMap(([file, family]) => Object.entries(RANGES).flatMap(([subset, range]) => {
    const found = files.find((one) => one.startsWith(`${file}-${subset}-wght-normal-`) && one.endsWith('.woff2'));
    return found === undefined ? [] : [`@font-face{font-family:"${family}";font-weight:100 900;font-display:swap;src:url("/assets/${found}") format("woff2");unicode-range:${range}}`];
  }));
  const text = [...fonts, readFileSync(join(import.meta.dirname, 'style.css'), 'utf8')].join('\n');
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 10);
  const icon = files.find((one) => /^icon-[\w-]+\.svg$/.test(one));
  return { path: `/assets/open-${hash}.css`, text, etag: `"${hash}"`, icon: icon === undefined ? null : `/assets/${icon}` };
}

function assetsOf(dist: string): string[] {
  try { return readdirSync(join(dist, 'assets')); } catch { return []; }
}
