import { contractHash, diffWords, type Contract, type Suite } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { orRefusal } from './read.ts';

const MARKS = { wider: '+', narrower: '-', changed: '~' } as const;

/** What going from one contract to another changes, in lines: `+` wider, `-` narrower, `~` changed. `wider`: nobody is moved to it unasked. */
export function diffOf(from: Contract, to: Contract, language: string, suite: Suite = nobleSuite): { lines: string[]; wider: boolean } {
  if (contractHash(suite, from) === contractHash(suite, to)) return { lines: [SAME[language] ?? SAME.en], wider: false };
  const diff = orRefusal(diffWords(from, to, language));
  const lines = diff.rows.flatMap(({ direction, before, after }) => [
    ...(before === null ? [] : [`${MARKS[direction]} ${WAS[language] ?? WAS.en} ${before}`]), ...(after === null ? [] : [`${MARKS[direction]} ${before === null ? '' : `${NOW[language] ?? NOW.en} `}${after}`]),
  ]);
  return { lines: [diff.summary, ...diff.redLines.map((line) => `! ${line}`), ...lines], wider: diff.wider > 0 };
}

interface Said { readonly en: string; readonly [language: string]: string }
const SAME: Said = { en: 'Nothing changes.', de: 'Nichts ändert sich.' };
const WAS: Said = { en: 'was:', de: 'bisher:' };
const NOW: Said = { en: 'now:', de: 'jetzt:' };
