import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draw, drawFace, MOTIFS } from './draw.ts';
import { GUEST, HOUSE, NEIGHBOURS } from './people.ts';
import { planOf } from './plan.ts';
import { SAID, type Answer } from './said.ts';

const NOON = new Date(2026, 5, 14, 12).getTime();
const DAY = 86_400_000;

test('the same seed is the same two weeks, another one another course of them', () => {
  assert.deepEqual(planOf(7, NOON), planOf(7, NOON));
  assert.notDeepEqual(planOf(7, NOON), planOf(8, NOON));
});

test('it happens in order, in the fourteen days before, and early in the morning too', () => {
  for (const now of [NOON, new Date(2026, 5, 14, 3).getTime(), new Date(2026, 2, 29, 23, 59).getTime()]) {
    const plan = planOf(1, now);
    assert.ok(plan.length > 500, String(plan.length));
    assert.ok(plan.every(({ at }, i) => at < now && at > now - 16.5 * DAY && (i === 0 || plan[i - 1]!.at <= at)));
    const written = new Set(plan.flatMap((one) => (one.kind === 'write' ? [one.n] : [])));
    for (const one of plan) if (one.kind === 'write' && one.to !== null) assert.ok(written.has(one.to));
  }
});

test('everybody who speaks lives there, and speaks as far as a post may go', () => {
  const handles = new Set(NEIGHBOURS.map(({ handle }) => handle));
  assert.equal(handles.size, 25);
  assert.ok(!handles.has(GUEST.handle) && HOUSE.rules.length === 3);
  const spoke = new Set<string>();
  const look = ([, by, text, answers = []]: Answer): void => { spoke.add(by); assert.ok(handles.has(by) && [...text].length <= 500, text); for (const one of answers) look(one); };
  for (const said of SAID) {
    look([0, said.by, said.text, said.answers ?? []]);
    for (const [motif, alt] of said.pictures ?? []) assert.ok(MOTIFS.includes(motif) && alt.length > 10, motif);
    assert.ok(!said.quote || SAID.some(({ id, day }) => id === said.quote && day > said.day));
    for (const option of said.poll?.options ?? []) assert.ok(option.length <= 80);
  }
  assert.deepEqual(spoke, handles);
});

test('its pictures are drawn, the same for the same name', async () => {
  for (const motif of MOTIFS) assert.ok((await draw(motif, 'x')).length > 500, motif);
  assert.deepEqual(await drawFace('ada', [2, 1, 'long']), await drawFace('ada', [2, 1, 'long']));
});
