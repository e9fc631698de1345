import { ICONS } from './icons.ts';

/** Name of an icon. */
export type IconName = keyof typeof ICONS;

/** Icons that point along the line of reading, and so mirror in right-to-left. */
const FLIPS: ReadonlySet<IconName> = new Set<IconName>(['reply', 'back', 'next', 'right', 'leave']);

/** An icon beside a word that says the same; it is never read out. `s` = 16 px in lines of text, `l` = 24 px in bars. */
export function Icon({ name, size }: { name: IconName; size?: 's' | 'l' }) {
  const extra = `${size ? ` ${size}` : ''}${FLIPS.has(name) ? ' flip' : ''}${name === 'more' ? ' dots' : ''}`;
  return <svg class={`i${extra}`} viewBox="0 0 24 24" aria-hidden="true"><path d={ICONS[name]} /></svg>;
}
