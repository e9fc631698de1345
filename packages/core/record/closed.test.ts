import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  verifyClosedLog, verifyKeyLog, verifyLaneClose, type Held, type KeyLogState, type LogEntry, type Signed,
} from '../index.ts';
import { nobleSuite as suite } from '../noble.ts';

interface CloseCase { name: string; keyLog: string; signed: Signed<object> & { statement: object } }
interface LaneCase { name: string; keyLog: string; announcement: unknown; entries: LogEntry[]; close?: unknown; held?: Held }
interface Vectors {
  keyLogs: Record<string, Signed[]>;
  closes: { good: CloseCase[]; bad: (CloseCase & { code: string })[]; lanes: (LaneCase & { verdict: object })[]; badLanes: (LaneCase & { code: string })[] };
}
const vectors = JSON.parse(readFileSync(new URL('../../../spec/vectors/record.json', import.meta.url), 'utf8')) as Vectors;
const stateOf = (name: string): KeyLogState => {
  const state = verifyKeyLog(suite, vectors.keyLogs[name]);
  assert.ok(state.ok);
  return state.value;
};
const codeOf = (result: { ok: boolean; code?: string }): string => (result.ok ? 'accepted' : result.code!);

describe('a lane-close', () => {
  for (const { name, signed, keyLog } of vectors.closes.good) {
    it(`accepts: ${name}`, () => assert.deepEqual(verifyLaneClose(suite, signed, stateOf(keyLog)), { ok: true, value: signed.statement }));
  }
  for (const { name, signed, keyLog, code } of vectors.closes.bad) {
    it(`refuses: ${name}: ${code}`, () => assert.equal(codeOf(verifyLaneClose(suite, signed, stateOf(keyLog))), code));
  }
});

describe('a lane of a revoked device', () => {
  for (const { verdict, ...of } of vectors.closes.lanes) {
    it(of.name, () => {
      const result = verifyClosedLog(suite, { ...of, keyLog: stateOf(of.keyLog) });
      assert.ok(result.ok, codeOf(result));
      const { lane: _, ...rest } = result.value;
      assert.deepEqual(rest, verdict);
      assert.equal(rest.good + rest.parked, of.entries.length);
    });
  }
  for (const { code, ...of } of vectors.closes.badLanes) {
    it(`refuses: ${of.name}: ${code}`, () => assert.equal(codeOf(verifyClosedLog(suite, { ...of, keyLog: stateOf(of.keyLog) })), code));
  }
});
