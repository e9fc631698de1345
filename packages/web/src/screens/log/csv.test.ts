import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogLine } from '@commonhold/sdk';
import { csvOf, HEADS } from './csv.ts';

const line = (more: Partial<LogLine>): LogLine =>
  ({ who: { kind: 'person', persona: 'cbob', handle: 'bob', name: 'Bob' }, service: 'microblog', collection: 'posts', verb: 'read', audience: null, refused: false, rule: null, n: 2, first: 0, last: 1000, ...more });

test('a line is a row, in codes and in words', () => {
  const [heads, row, end] = csvOf([{ day: '2027-01-31', lines: [line({})] }], 'en').split('\r\n');
  assert.equal(heads, HEADS.join(','));
  assert.equal(row, '"2027-01-31","1970-01-01T00:00:00.000Z","1970-01-01T00:00:01.000Z","Bob","cbob","microblog","posts","read","2","","no","","read 2 of your posts","Anybody with a name may do this."');
  assert.equal(end, '');
});

test('what others call themselves is no formula, and ends no cell', () => {
  const [, row] = csvOf([{ day: '2027-01-31', lines: [line({ who: { kind: 'person', persona: 'c', handle: 'x', name: '=HYPERLINK("evil"),' } })] }], 'en').split('\r\n');
  assert.ok(row!.includes('"\'=HYPERLINK(""evil""),"'));
});
