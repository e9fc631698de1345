import { contractCard, type Contract } from '@commonhold/core';
import { orRefusal } from './read.ts';

/** A contract as its card says it, in lines: red lines first, then the four questions. Refusal `no_sentence` where a rule has no words. */
export function wordsOf(contract: Contract, language: string): string[] {
  const card = orRefusal(contractCard(contract, language));
  const { questions } = card;
  const parts: [string, readonly string[]][] = [[questions.keeps, card.keeps], [questions.readers, card.readers], [questions.does, card.does], [questions.leaving, card.leaving]];
  return [
    `${contract.service.title} (${contract.service.publisher})`, contract.purpose,
    ...card.redLines.map((line) => `! ${line}`),
    ...parts.flatMap(([question, sentences]) => ['', question, ...sentences.map((sentence) => `  ${sentence}`)]),
  ];
}
