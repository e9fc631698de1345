import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { utf8, verifyExport } from '@commonhold/core';
import { openTrialFirewall } from '../../testing/firewall.ts';
import { NOTES } from '../../testing/notes.ts';
import { phoneOf } from '../../testing/phone.ts';

const trial = openTrialFirewall(['ada'], NOTES);
after(() => trial.close());
const { ada } = trial.people as Record<'ada', typeof trial.people[string]>;
const lines = { persona: ada.persona, service: 'notes', collection: 'lines' };
const python = spawnSync('python3', ['--version']).status === 0;

test('an export with a conflict and with records that wait is whole for both readers', { skip: !python && 'python3 is not installed' }, async (t) => {
  const { gate, records } = trial.firewall;
  const phone = phoneOf(trial, ada.persona, { service: 'notes', collection: 'lines', audience: 'only-me' });
  const key = phone.key();
  const { items: [first] } = await gate.data.put(ada, lines, { items: [{ key, body: { title: 'first' }, audience: 'only-me' }] });
  await gate.data.put(ada, lines, { items: [{ key, body: { title: 'here' } }] });
  phone.put(key, { title: 'there' }, { id: first!.version!, rev: 1 });
  phone.ahead(3_600_000);
  phone.put(phone.key(), { title: 'later' });
  const took = await records.receive(ada, ada.persona, phone.text());
  assert.deepEqual([took.parked, took.conflicts], [1, 1]);
  const text = [...trial.firewall.exportOf(ada.persona)!];
  for (const words of ['"here"', '"there"', '"later"']) assert.ok(text.some((line) => line.includes(words)), words);
  assert.ok(!text.some((line) => line.includes('"first"')));
  const verdict = await verifyExport(trial.suite, text.map(utf8));
  assert.ok(verdict.ok, JSON.stringify(verdict));
  const folder = mkdtempSync(join(tmpdir(), 'ch-conflict-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'ada.jsonl'), text.join(''));
  const said = spawnSync('python3', [join(import.meta.dirname, '../../../../../spec/reader/pod.py'), join(folder, 'ada.jsonl')], { encoding: 'utf8' });
  assert.equal(said.status, 0, said.stdout + said.stderr);
});
