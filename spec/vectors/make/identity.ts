import {
  canonical, entropyOf, inception, personaIdOf, recoverySeed, signStatement, statementHash, toBase64Url, verifyKeyLog, wordsOf,
  type Json, type Signed, type Statement,
} from '../../../packages/core/index.ts';
import { codeOf } from './code.ts';
import { badLogs } from './identity-bad.ts';
import { links, signIns } from './links.ts';
import { goodLogs } from './persona.ts';
import { hex, seed, suite } from './tools.ts';

const ENTROPIES = [new Uint8Array(32), new Uint8Array(32).fill(255), seed('entropy')];

const recovery = (entropy: Uint8Array): object => {
  const words = wordsOf(entropy).join(' ');
  const of = recoverySeed(entropy);
  return { entropy: hex(entropy), words, seed: hex(of), recoveryKey: toBase64Url(suite.publicKey(of)) };
};

const words = (entropy: Uint8Array): string[] => wordsOf(entropy);
const badWords = (): object[] => [
  { name: 'twelve words', words: words(seed('entropy')).slice(0, 12).join(' ') },
  { name: 'no words', words: '' },
  { name: 'a word that is not in the list', words: ['commonhold', ...words(seed('entropy')).slice(1)].join(' ') },
  { name: 'two words exchanged', words: words(seed('entropy')).map((w, i, all) => (i === 0 ? all[1] : i === 1 ? all[0] : w)).join(' ') },
].map((bad) => ({ ...bad, code: codeOf(entropyOf(bad.words)) }));

const single = (name: string, { statement, signatures }: Signed): object => ({
  name, statement, canonical: canonical(statement as unknown as Json), hash: statementHash(suite, statement), signatures,
});

const example = (): Signed => signStatement(suite, inception({
  recoveryKey: suite.publicKey(seed('ada recovery')), deviceKey: suite.publicKey(seed('ada laptop')), nonce: seed('ada nonce').subarray(0, 16),
}), [seed('ada recovery'), seed('ada laptop')]) as Signed<Statement>;

const goodLog = ({ name, log }: { name: string; log: Signed[] }): object => {
  const result = verifyKeyLog(suite, log);
  if (!result.ok) throw new TypeError(`${name}: ${result.code}`);
  const { devices, ...state } = result.value;
  return { name, log, state: { ...state, devices: Object.fromEntries(devices) } };
};

/** Recovery words, persona ids, statements and key logs. */
export const identity = (): object => ({
  about: 'spec/identity.md. recovery: hex and words. keyLogs: good ones with the state they lead to, bad ones with the code of the refusal. links, signIns: good ones are true.',
  recovery: { good: ENTROPIES.map(recovery), bad: badWords() },
  persona: { ...single('an inception', example()), persona: personaIdOf(suite, example().statement as never) },
  keyLogs: {
    good: goodLogs().map(goodLog),
    bad: badLogs().map(({ name, log }) => ({ name, log, code: codeOf(verifyKeyLog(suite, log)) })),
  },
  links: links(), signIns: signIns(),
});
