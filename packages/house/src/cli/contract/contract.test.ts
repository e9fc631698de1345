import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { serviceIn } from '@commonhold/sdk/service';

const MAIN = resolve(import.meta.dirname, '../main.ts');
let folder = '';
before(() => { folder = mkdtempSync(join(tmpdir(), 'commonhold-contract-')); });
after(() => rmSync(folder, { recursive: true, force: true }));

function ask(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, 'contract', ...args], { cwd: folder, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

describe('commonhold contract', () => {
  it('lists its commands, and each explains itself', () => {
    const { code, out } = ask('--help');
    assert.equal(code, 0);
    for (const name of ['init', 'words', 'diff', 'sign', 'types']) assert.match(out, new RegExp(`^  ${name} `, 'm'));
    assert.match(ask('sign', '--help').out, /^commonhold contract sign /);
  });

  it('begins, says, signs and types one', () => {
    assert.equal(ask('init', 'potluck').code, 0);
    assert.equal(statSync(join(folder, 'potluck', 'service-key')).mode & 0o777, 0o600);
    assert.equal(readFileSync(join(folder, 'potluck', '.gitignore'), 'utf8'), 'service-key\n');
    assert.match(ask('words', 'potluck/contract.json').out, /^What it keeps$/m);
    assert.match(ask('sign', 'potluck/contract.json').out, /version 1\nhash [\w-]{43}\n$/);
    assert.match(ask('types', 'potluck/contract.json').out, /^export interface PotluckCollections \{\n {2}notes: Note;\n\}$/m);
    assert.equal(ask('init', 'paged', '--origin', 'http://localhost:4410/').code, 0);
    assert.deepEqual((JSON.parse(readFileSync(join(folder, 'paged', 'contract.json'), 'utf8')) as { service: { origins: string[] } }).service.origins, ['http://localhost:4410']);
    assert.equal(ask('init', 'pathed', '--origin', 'http://localhost:4410/page').code, 2);
    const again = ask('init', 'potluck');
    assert.deepEqual([again.code, again.err], [1, 'potluck/contract.json is there already.\n']);
  });

  it('says what changes, and tells by its exit code when something gets wider', () => {
    const text = readFileSync(join(folder, 'potluck', 'contract.json'), 'utf8');
    const wider = JSON.parse(text) as { version: number; collections: { notes: { allow: { may: string[] }[] } } };
    wider.version = 2;
    wider.collections.notes.allow[2]!.may = ['read', 'count'];
    writeFileSync(join(folder, 'wider.json'), JSON.stringify(wider));
    const there = ask('diff', 'potluck/contract.json', 'wider.json');
    assert.deepEqual([there.code, /^\+ now: The makers of Potluck can read and count/m.test(there.out)], [1, true], there.out + there.err);
    const back = ask('diff', 'wider.json', 'potluck/contract.json', '--language', 'de');
    assert.deepEqual([back.code, /^- jetzt: /m.test(back.out)], [0, true], back.out + back.err);
    assert.equal(ask('diff', 'wider.json', 'wider.json').out, 'Nothing changes.\n');
    assert.match(back.out, /^x Kein Haus nimmt das als nächste Version: Ihre Nummer ist nicht höher\. \(\/version\)$/m);
    writeFileSync(join(folder, 'less.json'), text.replace('"version": 1', '"version": 2').replace('2000', '200'));
    assert.match(ask('diff', 'potluck/contract.json', 'less.json').out, /^x No house takes this as the next version: what was kept before would not fit\./);
    assert.doesNotMatch(there.out, /^x /m);
  });

  it('ends with 1 and the place where a contract is wrong, with 2 where it is asked wrongly', () => {
    writeFileSync(join(folder, 'bad.json'), '{"commonhold":"contract/2"}');
    const { code, err } = ask('words', 'bad.json');
    assert.deepEqual([code, err], [1, 'bad.json: One of: contract/1. (at /commonhold)\n']);
    writeFileSync(join(folder, 'torn.json'), '{\n  "commonhold": "contract/1",\n  oops');
    assert.equal(ask('words', 'torn.json').err, 'torn.json: This is not JSON. (line 3, column 3)\n');
    assert.match(ask('check', 'torn.json').out, /^torn\.json: not_json \(line 3, column 3\): /);
    assert.match(ask('check', 'potluck').err, /^potluck is a folder\. Did you mean potluck\/contract\.json\?\n/);
    assert.equal(ask('check', '/dev/zero').err, '/dev/zero is too big for a contract.\n');
    const unwritten = ask('types', 'potluck/contract.json', '--out', 'no/where');
    assert.deepEqual([unwritten.code, unwritten.err], [1, 'no/where cannot be written: there is no such folder.\n']);
    const spoken = ask('words', 'potluck/contract.json', '--language', 'tlh');
    assert.deepEqual([spoken.code, spoken.err], [1, 'There are no words in "tlh" yet. Choose en or de.\n']);
    assert.equal(ask('diff', 'wider.json', 'potluck/contract.json', '--language', '').code, 1);
    writeFileSync(join(folder, 'a-file'), '');
    assert.match(ask('pod', 'potluck/contract.json', '--data', 'a-file').err, /^The data folder .*a-file cannot be used: .*\. Set --data to another folder\.\n$/);
    assert.match(ask('pod', 'potluck/contract.json', '--port', 'x').err, /^--port .*a number from 0 to 65535/);
    for (const args of [['dance'], ['init'], ['sign', 'no-such.json'], ['run', 'potluck']]) assert.equal(ask(...args).code, 2, args.join(' '));
  });
});

describe('commonhold contract rotate', () => {
  it('gives a service another key, and keeps what whoever stays needs', () => {
    assert.equal(ask('init', 'rotated').code, 0);
    const at = (name: string): string => join(folder, 'rotated', name), old = readFileSync(at('service-key'), 'utf8');
    const once = ask('rotate', 'rotated/contract.json');
    assert.deepEqual([once.code, once.err], [0, '']);
    assert.deepEqual([readFileSync(at('service-key-1'), 'utf8'), readFileSync(at('service-key'), 'utf8') === old, statSync(at('service-key')).mode & 0o777], [old, false, 0o600]);
    assert.equal(ask('rotate', 'rotated/contract.json').code, 0);
    assert.match(ask('check', 'rotated/contract.json').out, /version 3: signed by its key$/m);
    assert.deepEqual((JSON.parse(readFileSync(at('rotations.json'), 'utf8')) as unknown[]).length, 2);
    assert.match(ask('rotate', 'rotated/contract.json', '--key', 'rotated/service-key-1').err, /names another key/);
    const { contracts, ended, rotations } = serviceIn(join(folder, 'rotated'));
    assert.deepEqual([contracts.map(({ version }) => version), ended.length, rotations.length], [[1, 2, 3], 2, 2]);
  });
});
