import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** One part of a screen, as a chip that leads there. */
export interface Part { name: string; href: string; label: string; beside?: ComponentChildren }

/** The parts of a screen in a row that scrolls sideways; the one that is open stands in its middle. */
export function Sections({ label, parts, now }: { label: string; parts: readonly Part[]; now: string }) {
  const chips = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const centre = () => chips.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
    centre();
    addEventListener('resize', centre);
    return () => removeEventListener('resize', centre);
  }, [now]);
  return (
    <nav class="sections" ref={chips} aria-label={label}>
      {parts.map((part) => <a class="chip" key={part.name} id={`section-${part.name}`} href={part.href} aria-current={part.name === now ? 'page' : undefined}>{part.label}{part.beside}</a>)}
    </nav>
  );
}
