import type { RestProps } from '../parts.ts';
import { LanguageRow } from './Language.tsx';
import './rest.css';

/** What a draft has beyond words and audience, below its words. */
export function Rest({ draft, edit }: RestProps) {
  return <>{draft.lang ? <LanguageRow lang={draft.lang} edit={edit} /> : null}</>;
}
