import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogLine } from '@commonhold/sdk';
import { barsOf, isIn, isOnly, lastWeek, rowsOf, sumOf, withLine } from './lines.ts';

const line = (more: Partial<LogLine>): LogLine =>
  ({ who: { kind: 'person', persona: 'bob', handle: 'bob', name: 'Bob' }, service: 'microblog', collection: 'posts', verb: 'read', audience: null, refused: false, rule: null, n: 1, first: 1, last: 1, ...more });
const counted = (collection: string, n: number): LogLine => line({ who: { kind: 'housemates' }, collection, audience: 'house', n, first: null, last: null });
const app = line({ who: { kind: 'app', id: 't1', label: 'backup' }, last: 5, n: 3 });
const served = line({ who: { kind: 'service', service: 's', title: 'Potluck' }, n: 5 });
const no = line({ refused: true, rule: 'no_rule', n: 4, last: 9 });

test('a day has what has a name first, the newest on top, and one row for each audience that is only counted', () => {
  const rows = rowsOf([counted('posts', 3), line({}), counted('profile', 1), app, no]);
  assert.deepEqual(rows.map((row) => 'named' in row ? row.named.last : row.lines.length), [9, 5, 1, 2]);
});

test('a day in numbers', () => {
  assert.deepEqual(sumOf([counted('posts', 3), line({}), line({ collection: 'reactions', verb: 'add' }), app, no, served]), { services: 1, people: 1, apps: 1, left: 1, refused: 4, housemates: true, visitors: false });
  assert.deepEqual(barsOf([counted('posts', 3), line({}), app, no, served]), { house: 3, people: 1, apps: 8, refused: 4 });
});

test('a line that grew takes its own place', () => {
  const grown = withLine([app, line({})], line({ n: 2, last: 7 }));
  assert.deepEqual(grown.map(({ n }) => n), [3, 2]);
  assert.equal(withLine(grown, no).length, 3);
});

test('parts', () => {
  assert.deepEqual([app, no, counted('posts', 1)].map((one) => [isIn('people', one), isIn('apps', one), isIn('refused', one), isIn('given', one)]), [[false, true, false, true], [true, false, true, false], [true, false, false, true]]);
});

test('the last seven days end with today', () => {
  assert.deepEqual(lastWeek(Date.UTC(2027, 2, 3)), ['2027-02-25', '2027-02-26', '2027-02-27', '2027-02-28', '2027-03-01', '2027-03-02', '2027-03-03']);
});

test('a closer look at one caller, or at one kind of things', () => {
  assert.deepEqual([app, line({}), no].map((one) => [isOnly({ who: 'bob' }, one), isOnly({ who: 'app:t1' }, one), isOnly({ what: 'microblog.likes' }, one), isOnly({}, one)]), [[false, true, false, true], [true, false, false, true], [true, false, false, true]]);
});

test('a closer look at a service has what it tried elsewhere, and what its day has no more lines for', () => {
  const elsewhere = line({ who: { kind: 'service', service: 's', title: 'Potluck' }, service: 'people', collection: 'links', refused: true, rule: 'no_rule' });
  const more = line({ who: { kind: 'service', service: 's', title: 'Potluck' }, service: '', collection: '', verb: '', refused: true, rule: 'more' });
  const member = line({ who: { kind: 'person', persona: 'c', handle: '', name: 'Cleo' }, service: 's', collection: 'dishes' });
  assert.deepEqual([elsewhere, more, member, line({}), no].map((one) => isOnly({ service: 's' }, one)), [true, true, true, false, false]);
});
