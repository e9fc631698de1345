import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeEars } from './ears.ts';

test('a listener that throws keeps nobody else from hearing, and whoever ends it hears no more', () => {
  const errors: unknown[] = [], heard: string[] = [];
  const ears = makeEars<[string, number]>((error) => { errors.push(error); });
  const fault = new TypeError('deaf');
  ears.listen(() => { throw fault; });
  const end = ears.listen((name, n) => { heard.push(`${name} ${n}`); });
  ears.tell('one', 1);
  end();
  ears.tell('two', 2);
  assert.deepEqual([heard, errors], [['one 1'], [fault, fault]]);
});
