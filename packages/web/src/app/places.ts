import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { onKey } from './keys.ts';
import { openWrite } from '../state/writing.ts';

/** Whether the sheet of keys lies over the page. */
export const sheetOpen = signal(false);

/** Keys that lead somewhere from every page: n writes, g h and g n go home and to the news, / looks for something, ? shows all keys. */
export function usePlaceKeys(): void {
  const { route } = useLocation();
  useEffect(() => {
    const stops = [onKey('n', openWrite), onKey('g h', () => route('/')), onKey('g n', () => route('/news')), onKey('/', () => route('/search')), onKey('?', () => { sheetOpen.value = true; })];
    return () => { for (const stop of stops) stop(); };
  }, [route]);
}
