import type { Progress } from '../doors/control/port.ts';

const WIDTH = 24;
const PATIENCE = 400;
const REDRAW = 80;

/** A bar that shows itself only on a terminal, and only once the work has taken a moment. */
export interface Bar { at(progress: Progress): void; end(): void }

/**
 * A progress bar on stderr: `label ██████░░░░ 120 of 300`.
 * @param label what is being done
 */
export function makeBar(label: string, out: NodeJS.WriteStream = process.stderr): Bar {
  const begun = performance.now();
  let drawn = 0;
  return {
    at: ({ done, of }) => {
      const now = performance.now();
      if (!out.isTTY || now - begun < PATIENCE || (now - drawn < REDRAW && done < of)) return;
      drawn = now;
      out.write(`\r\x1b[K${barText(label, { done, of })}`);
    },
    end: () => { if (drawn > 0) out.write('\r\x1b[K'); },
  };
}

/** The bar as text; without a known end, a count. */
export function barText(label: string, { done, of }: Progress): string {
  if (of <= 0) return `${label} ${done.toLocaleString('en')}`;
  const full = Math.round((Math.min(done, of) / of) * WIDTH);
  return `${label} ${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${done.toLocaleString('en')} of ${of.toLocaleString('en')}`;
}
