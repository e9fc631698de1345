import { once } from 'node:events';
import { createWriteStream, openSync, renameSync, rmSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Config } from '../config/config.ts';
import type { ExportForm } from '../doors/control/port.ts';
import type { Command } from './command.ts';
import { FOLDER, FOLDER_HELP } from './command.ts';
import { atFile, fileRefusal } from './file.ts';
import { makeBar } from './progress.ts';
import { settingsOf } from './settings.ts';
import { UsageError } from './usage-error.ts';
import { withHouse } from './with-house.ts';

/** `commonhold export`: writes one person's pod as a zip, or as JSON Lines. */
export const command: Command = {
  summary: "writes everything of a person as one zip",
  usage: 'HANDLE [--out FILE] [--lines]',
  help: ['HANDLE        whose pod', '--out FILE    where to; HANDLE.zip unless told otherwise', '--lines       JSON Lines for programs, to the terminal unless --out says where', ...FOLDER_HELP],
  options: { ...FOLDER, out: { type: 'string' }, lines: { type: 'boolean' } },
  words: 1,
  run: async (given) => {
    const [handle] = given.words;
    if (handle === undefined) throw new UsageError('Whose pod? Name the handle: commonhold export HANDLE');
    const form: ExportForm = given.values['lines'] === true ? 'lines' : 'zip';
    const out = typeof given.values['out'] === 'string' ? given.values['out'] : form === 'zip' ? `${handle.replace(/^@/, '')}.zip` : null;
    if (out !== null) await toFile(settingsOf(given), { handle, form }, out);
    else await withHouse(settingsOf(given), (house) => house.exportPerson(handle, form, (piece) => put(process.stdout, piece)));
    return 0;
  },
};

const KIB = 1024;

/** The file appears whole, by a rename, readable by its owner alone. */
async function toFile(config: Config, { handle, form }: { handle: string; form: ExportForm }, path: string): Promise<void> {
  const part = `${path}.part`;
  const bar = makeBar('KiB');
  let bytes = 0;
  try {
    await withHouse(config, async (house) => {
      const file = createWriteStream(part, { fd: atFile(path, 'written', () => openSync(part, 'w', 0o600)) });
      // What the disk says against it may come while nobody asks.
      const closed = finished(file).then(() => null, (error: unknown) => fileRefusal(path, 'written', error));
      const fault: unknown = await house.exportPerson(handle, form, (piece) => {
        bytes += piece.length;
        bar.at({ done: Math.ceil(bytes / KIB), of: 0 });
        return put(file, piece);
      }).then(() => null, (error: unknown) => error);
      file.end();
      const failed = await closed ?? fault;
      if (failed !== null) throw failed;
    });
    atFile(path, 'written', () => renameSync(part, path));
  } finally {
    bar.end();
    rmSync(part, { force: true });
  }
  process.stdout.write(`${path}: ${bytes.toLocaleString('en')} bytes.\n`);
}

async function put(out: Writable, piece: Uint8Array): Promise<void> {
  if (out.errored) throw out.errored;
  if (!out.write(piece)) await once(out, 'drain');
}
