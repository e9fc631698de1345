import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';

const MAIN = resolve(import.meta.dirname, '../main.ts');
const SPEC = resolve(import.meta.dirname, '../../../../../spec');
const vectors = JSON.parse(readFileSync(join(SPEC, 'vectors/byoda.json'), 'utf8')) as {
  files: { name: string; file: object; hash: string }[];
  signed: { file: { signatures: object }; keys: { service: string; network: string } };
};
let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'commonhold-check-'));
  for (const { name, file } of vectors.files) writeFileSync(join(folder, `${name}.json`), JSON.stringify(file));
  writeFileSync(join(folder, 'signed.json'), JSON.stringify(vectors.signed.file));
  for (const [by, pem] of Object.entries(vectors.signed.keys)) writeFileSync(join(folder, `${by}.pem`), pem);
});
after(() => rmSync(folder, { recursive: true, force: true }));

function check(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, 'contract', 'check', ...args], { cwd: folder, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

describe('commonhold contract check', () => {
  it('sums up files of both formats', () => {
    const { code, out } = check('kin.json', 'own.json', join(SPEC, 'contracts/microblog.json'));
    assert.equal(code, 0);
    assert.match(out, new RegExp(`^kin.json: good\n  kin, by The makers, version 1: made of a contract file of BYODA, which nobody signs here\n  20 collections, .*\n  hash ${vectors.files[0]!.hash}$`, 'm'));
    assert.match(out, /^ {2}! The file says that answers hide whose they are\. .*\n {6}\/jsonschema\/properties\/network_assets\//m);
    assert.match(out, /^own.json: good\n[^]*none of them keeps anybody from joining$/m);
    assert.match(out, /microblog.json: good\n {2}Microblog, by Commonhold, version \d+: houses are built with it\n/);
  });

  it('ends with 1 and says the reason and the place, of every file', () => {
    writeFileSync(join(folder, 'bad.json'), JSON.stringify({ ...vectors.files[0]!.file, cors_origins: undefined }));
    writeFileSync(join(folder, 'coloured.json'), '{"commonhold":"contract/1","\\u001b[31m":1}');
    const { code, out } = check('bad.json', 'own.json', 'coloured.json');
    assert.equal(code, 1);
    assert.match(out, /^bad.json: missing_member at \/cors_origins: This member is needed\.$/m);
    assert.match(out, /^own.json: good$/m);
    assert.match(out, /^coloured.json: unknown_member at \/\\u001b\[31m: The format has no such member\.$/m);
  });

  it('checks signatures by the certificates that it is given', () => {
    const one = check('signed.json', '--network-certificate', 'network.pem');
    assert.match(one.out, /^ {2}signature of the service \(.*\): not checked, name its certificate\n {2}signature of the network \(.*\): true$/m);
    const other = check('signed.json', '--service-certificate', 'network.pem');
    assert.deepEqual([other.code, other.out], [1, 'signed.json: bad_signature at /signatures/service: The signature is not by this certificate.\n']);
  });

  it('ends with 2 where it is asked wrongly', () => {
    for (const args of [[], ['signed.json', '--service-certificate', 'signed.json']]) assert.equal(check(...args).code, 2, args.join(' '));
  });
});
