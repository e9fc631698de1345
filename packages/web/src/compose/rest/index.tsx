import type { RestProps } from '../parts.ts';
import { DuePart } from './Due.tsx';
import { LanguageRow } from './Language.tsx';
import { MoreParts, withPart } from './Parts.tsx';
import { PollPart } from './Poll.tsx';
import { QuotableRow } from './Quotable.tsx';
import { QuotedCard } from './Quoted.tsx';
import { Warning } from './Warning.tsx';
import './rest.css';

/** What stands above the words of a draft: its warning. */
export function Above({ draft: { parts }, edit }: Pick<RestProps, 'draft' | 'edit'>) {
  return parts[0].warning === undefined ? null : <Warning part={parts[0]} onChange={(part) => edit({ parts: withPart(parts, 0, part) })} />;
}

/** What a draft has beyond words and audience, below its words. */
export function Rest(props: RestProps) {
  const { draft: { quote, poll, due, quotes, lang }, edit } = props;
  return (
    <div class="rest">
      <MoreParts {...props} />
      {quote ? <QuotedCard quote={quote} item={props.quotes} /> : null}
      {poll ? <PollPart poll={poll} edit={edit} /> : null}
      {due === undefined ? null : <DuePart due={due} edit={edit} />}
      {quotes || lang ? <div class="lines">{quotes ? <QuotableRow quotes={quotes} edit={edit} /> : null}{lang ? <LanguageRow lang={lang} edit={edit} /> : null}</div> : null}
    </div>
  );
}
