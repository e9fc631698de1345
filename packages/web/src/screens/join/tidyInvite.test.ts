import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tidyInvite } from './tidyInvite.ts';

test('an invite is read however it was passed on', () => {
  for (const typed of ['quiet-tide-lantern-moon', ' Quiet tide lantern moon ', 'quiet, tide; lantern: moon.', 'http://192.168.1.23:4300/join/quiet-tide-lantern-moon', 'https://choir.example/join/quiet-tide-lantern-moon?x=1#y']) {
    assert.equal(tidyInvite(typed), 'quiet-tide-lantern-moon', typed);
  }
  assert.equal(tidyInvite(' – '), '');
});
