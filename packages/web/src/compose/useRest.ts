import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Draft } from './draft.ts';
import type { RestProps } from './parts.ts';

/** What shows a draft's parts beyond words and audience: above its words, and below. */
export interface RestParts { Above: ComponentType<Pick<RestProps, 'draft' | 'edit'>>; Rest: ComponentType<RestProps> }

let fetched: Promise<RestParts> | null = null;

const wants = ({ parts, poll, quote, quotes, due, lang }: Draft): boolean =>
  parts.length > 1 || parts[0].warning !== undefined || poll !== undefined || quote !== undefined || quotes !== undefined || due !== undefined || lang !== undefined;

/** Fetches the parts when the first draft needs them: null while there is nothing to show. `again` tries once more. */
export function useRest(draft: Draft): { parts: RestParts | null; failed: boolean; again: () => void } {
  const wanted = wants(draft);
  const [state, set] = useState<{ parts: RestParts | null; failed: boolean }>({ parts: null, failed: false });
  const load = () => {
    fetched ??= import('./rest/index.tsx');
    fetched.then((parts) => set({ parts, failed: false }), () => { fetched = null; set({ parts: null, failed: true }); });
  };
  useEffect(() => { if (wanted && !state.parts) load(); }, [wanted]);
  return { parts: wanted ? state.parts : null, failed: wanted && state.failed, again: load };
}
