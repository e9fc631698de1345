import { checkUpgrade, contractHash, diffWords, type Contract, type Suite } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { orRefusal } from './read.ts';

const MARKS = { wider: '+', narrower: '-', changed: '~' } as const;

/** What going from one contract to another changes, in lines: `+` wider, `-` narrower, `~` changed, `x` why no house takes the other as the next version. `wider`: nobody is moved to it unasked. */
export function diffOf(from: Contract, to: Contract, language: string, suite: Suite = nobleSuite): { lines: string[]; wider: boolean } {
  if (contractHash(suite, from) === contractHash(suite, to)) return { lines: [SAME[language] ?? SAME.en], wider: false };
  const diff = orRefusal(diffWords(from, to, language));
  const lines = diff.rows.flatMap(({ direction, before, after }) => [
    ...(before === null ? [] : [`${MARKS[direction]} ${WAS[language] ?? WAS.en} ${before}`]), ...(after === null ? [] : [`${MARKS[direction]} ${before === null ? '' : `${NOW[language] ?? NOW.en} `}${after}`]),
  ]);
  const next = checkUpgrade(from, to);
  const refused = next.ok ? [] : [`x ${(REFUSED[next.code]?.[language] ?? REFUSED[next.code]?.en ?? next.message)}${next.at ? ` (${next.at})` : ''}`];
  return { lines: [...refused, diff.summary, ...diff.redLines.map((line) => `! ${line}`), ...lines], wider: diff.wider > 0 };
}

interface Said { readonly en: string; readonly [language: string]: string }
const SAME: Said = { en: 'Nothing changes.', de: 'Nichts ändert sich.' };
const WAS: Said = { en: 'was:', de: 'bisher:' };
const NOW: Said = { en: 'now:', de: 'jetzt:' };
const REFUSED: Readonly<Record<string, Said>> = {
  other_service: { en: 'These are two services: none is a later version of the other.', de: 'Das sind zwei Dienste: Keiner ist eine spätere Version des anderen.' },
  not_later: { en: 'No house takes this as the next version: its number is not higher.', de: 'Kein Haus nimmt das als nächste Version: Ihre Nummer ist nicht höher.' },
  not_add_only: { en: 'No house takes this as the next version: what was kept before would not fit. That is a new service.', de: 'Kein Haus nimmt das als nächste Version: Was bisher da ist, passte nicht hinein. Das ist ein neuer Dienst.' },
};
