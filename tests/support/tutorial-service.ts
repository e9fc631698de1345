import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { toBase64Url, type JsonObject } from '@commonhold/core';
import { contractText, initContract, readContract, signed } from '@commonhold/sdk/contract';
import { freePort, tempFolder } from './house-process.ts';
import { until } from './until.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** The service of docs/tutorial.md with its page, as it is written there, signed and running beside a house. */
export async function startTutorialService(t: { after(fn: () => unknown): void }, house: string): Promise<{ origin: string }> {
  const folder = join(tempFolder(t, 'tutorial'), 'notes'), origin = `http://localhost:${await freePort()}`;
  const text = readFileSync(join(ROOT, 'docs', 'tutorial.md'), 'utf8').replaceAll('http://localhost:4310', house).replaceAll('4410', new URL(origin).port);
  for (const [, path = '', body = ''] of text.matchAll(/^cat > notes\/(\S+) <<'END'\n([\s\S]*?)^END$/gm)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), body);
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, '..', 'node_modules'));
  const { text: draft, seed } = initContract({ name: 'notes', title: 'Shared Notes', origins: [origin] });
  writeFileSync(join(folder, 'service-key'), toBase64Url(seed));
  writeFileSync(join(folder, 'contract.json'), contractText(signed(readContract(draft), seed, Date.now()).contract as unknown as JsonObject));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(folder, 'main.ts')], { stdio: ['ignore', 'inherit', 'inherit'] });
  const gone = once(child, 'exit');
  t.after(async () => { child.kill('SIGTERM'); await gone; });
  await until('the service of the tutorial answers', () => fetch(origin).then(({ ok }) => ok, () => false));
  return { origin };
}
