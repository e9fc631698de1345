import { effect, signal, type Signal } from '@preact/signals';

/**
 * How the app looks in this browser: each choice is an attribute of the page (`data-theme` …) that the styles read, and a line in the
 * browser's storage (`commonhold.theme` …) that `theme-boot.js` puts there before the first paint. The first choice of each is no attribute at all.
 */
export const LOOKS = {
  theme: ['auto', 'light', 'dark'],
  contrast: ['auto', 'more'],
  accent: ['green', 'sea', 'plum', 'slate'],
  size: ['16', '14', '15', '17', '18', '20', '22'],
  motion: ['auto', 'less'],
  links: ['auto', 'underline'],
} as const;

/** What can be chosen about the look. */
export type Look = keyof typeof LOOKS;
/** A choice of it. */
export type Choice<L extends Look> = (typeof LOOKS)[L][number];

function found<L extends Look>(look: L): Choice<L> {
  const now = document.documentElement.dataset[look];
  return (LOOKS[look] as readonly Choice<L>[]).find((choice) => choice === now) ?? LOOKS[look][0];
}

const looks: { readonly [L in Look]: Signal<Choice<L>> } = {
  theme: signal(found('theme')), contrast: signal(found('contrast')), accent: signal(found('accent')), size: signal(found('size')), motion: signal(found('motion')), links: signal(found('links')),
};

/** What is chosen now. */
export const lookOf = <L extends Look>(look: L): Choice<L> => (looks[look] as Signal<Choice<L>>).value;

/** Chooses, and keeps the choice in this browser. */
export function setLook<L extends Look>(look: L, choice: Choice<L>): void {
  (looks[look] as Signal<Choice<L>>).value = choice;
  const usual = choice === LOOKS[look][0];
  if (usual) delete document.documentElement.dataset[look];
  else document.documentElement.dataset[look] = choice;
  try {
    if (usual) localStorage.removeItem(`commonhold.${look}`);
    else localStorage.setItem(`commonhold.${look}`, choice);
  } catch { /* storage is off: the choice lasts for this page */ }
}

/** Whether things should come without moving: by the choice here, or by the system's. */
export const stillness = (): boolean => lookOf('motion') === 'less' || matchMedia('(prefers-reduced-motion: reduce)').matches;

/* The bar of the browser around the app takes the colour of the paper that is really shown. */
const PAPER = { light: '#F7F4EE', dark: '#171512' } as const;

/** Keeps the browser's own bar in the colour of the theme. Call once. */
export function startLook(): void {
  effect(() => {
    const theme = lookOf('theme');
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
      const own = meta.media.includes('dark') ? 'dark' : 'light';
      meta.content = PAPER[theme === 'auto' ? own : theme];
    }
  });
}
