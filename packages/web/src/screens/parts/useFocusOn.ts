import { useEffect, useRef } from 'preact/hooks';
import { toHeading } from '../../components/toHeading.ts';

/** Moves the focus to the page's heading when a flow goes on to another card, but not on the first one. */
export function useFocusOn(step: unknown): void {
  const before = useRef(step);
  useEffect(() => {
    if (before.current === step) return;
    before.current = step;
    scrollTo(0, 0);
    toHeading();
  }, [step]);
}
