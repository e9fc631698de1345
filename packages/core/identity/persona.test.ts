import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { statementHash, verifyKeyLog, verifyPersona, type PersonaQuestion, type PersonaVerdict, type Signed } from '../index.ts';
import { nobleSuite as suite } from '../noble.ts';

interface Case { name: string; statements: unknown[]; firstSeen: Record<string, number>; now: number; verdict: object }
interface Vectors { persona: string; statements: Record<string, Signed>; cases: Case[] }
const vectors = JSON.parse(readFileSync(new URL('../../../spec/vectors/persona.json', import.meta.url), 'utf8')) as Vectors;

const questionOf = ({ statements, firstSeen, now }: Case): PersonaQuestion => ({
  persona: vectors.persona, now, firstSeen: new Map(Object.entries(firstSeen)),
  statements: statements.map((one) => (typeof one === 'string' ? vectors.statements[one] : one)),
});
const ask = (question: PersonaQuestion): PersonaVerdict => {
  const verdict = verifyPersona(suite, question);
  assert.ok(verdict.ok);
  return verdict.value;
};
const plain = ({ state: { devices, ...state }, chain, ...rest }: PersonaVerdict): object => ({
  state: { ...state, devices: Object.fromEntries(devices) }, chain: chain.map((one) => statementHash(suite, one.statement)), ...rest,
});

describe('a set of statements', () => {
  for (const of of vectors.cases) {
    it(of.name, () => {
      const question = questionOf(of);
      const verdict = ask(question);
      assert.deepEqual(plain(verdict), of.verdict);
      assert.deepEqual(plain(ask({ ...question, statements: [...question.statements, ...question.statements].reverse() })), of.verdict);
      assert.deepEqual(verifyKeyLog(suite, verdict.chain), { ok: true, value: verdict.state });
    });
  }
  it('says nothing without its inception', () => {
    const { statements, ...rest } = questionOf(vectors.cases[0]!);
    const refused = verifyPersona(suite, { ...rest, statements: statements.filter((one) => (one as Signed).statement.type !== 'inception') });
    assert.equal(!refused.ok && refused.code, 'no_inception');
  });
});
