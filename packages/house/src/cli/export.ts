import { once } from 'node:events';
import { createWriteStream, openSync, renameSync, rmSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Config } from '../config/config.ts';
import type { Command } from './command.ts';
import { FOLDER, FOLDER_HELP } from './command.ts';
import { makeBar } from './progress.ts';
import { settingsOf } from './settings.ts';
import { UsageError } from './usage-error.ts';
import { withHouse } from './with-house.ts';

/** `commonhold export`: writes one person's pod as JSON Lines. */
export const command: Command = {
  summary: "writes a person's pod as JSON Lines",
  usage: 'HANDLE [--out FILE]',
  help: ['HANDLE        whose pod', '--out FILE    write there, not to the terminal', ...FOLDER_HELP],
  options: { ...FOLDER, out: { type: 'string' } },
  words: 1,
  run: async (given) => {
    const [handle] = given.words;
    if (handle === undefined) throw new UsageError('Whose pod? Name the handle: commonhold export HANDLE');
    const out = given.values['out'];
    if (typeof out === 'string') await toFile(settingsOf(given), handle, out);
    else await withHouse(settingsOf(given), (house) => house.exportPerson(handle, (text) => put(process.stdout, text)));
    return 0;
  },
};

/** The file appears whole, by a rename, readable by its owner alone. */
async function toFile(config: Config, handle: string, path: string): Promise<void> {
  const part = `${path}.part`;
  const bar = makeBar('Lines');
  let lines = 0;
  try {
    await withHouse(config, async (house) => {
      const file = createWriteStream(part, { fd: openSync(part, 'w', 0o600) });
      const closed = finished(file);
      try {
        await house.exportPerson(handle, (text) => {
          lines += text.split('\n').length - 1;
          bar.at({ done: lines, of: 0 });
          return put(file, text);
        });
      } finally { file.end(); await closed; }
    });
    renameSync(part, path);
  } finally {
    bar.end();
    rmSync(part, { force: true });
  }
  process.stdout.write(`${path}: ${lines.toLocaleString('en')} lines.\n`);
}

async function put(out: Writable, text: string): Promise<void> {
  if (!out.write(text)) await once(out, 'drain');
}
