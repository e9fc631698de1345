import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whyOf } from './reason.ts';

const boost = { by: 'bob', at: 1, key: 'k' };

test('every list has its reason, and a boost another than its author', () => {
  assert.equal(whyOf({ persona: 'ada' }, { list: 'home' }, 'me'), 'why.home');
  assert.equal(whyOf({ persona: 'ada', boost }, { list: 'home' }, 'me'), 'why.boost');
  assert.equal(whyOf({ persona: 'ada', boost: { ...boost, by: 'me' } }, { list: 'home' }, 'me'), 'why.boost.mine');
  assert.equal(whyOf({ persona: 'me' }, { list: 'house' }, 'me'), 'why.mine');
  assert.equal(whyOf({ persona: 'me' }, { list: 'person' }, 'me'), 'why.person');
  for (const list of ['tag', 'search', 'bookmarks', 'thread'] as const) assert.equal(whyOf({ persona: 'me' }, { list }, 'me'), `why.${list}`);
  assert.equal(whyOf({ persona: 'ada' }, { list: 'house' }, null), 'why.house');
});
