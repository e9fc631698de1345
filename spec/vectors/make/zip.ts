import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { chainNext, chainStart, fromBase64Url, toBase64Url, utf8 } from '../../../packages/core/index.ts';
import { exported } from './export.ts';
import { suite } from './tools.ts';

/** Files of a zip, by name, in order. */
export type Files = ReadonlyMap<string, Uint8Array>;

type Line = { type: string } & Record<string, unknown>;
const COLUMNS = ['day', 'caller', 'service', 'collection', 'audience', 'verb', 'refused', 'rule', 'count', 'first', 'last'];

const jsonl = (lines: readonly object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** How far a lane goes: its last seq, and the chain there. */
function reach(lane: Line, entries: readonly Line[]): { seq: number; chain: string } {
  const { persona, device, lane: name } = lane['statement'] as { persona: string; device: string; lane: string };
  const raw = (text: string): Uint8Array => fromBase64Url(text)!;
  const own = entries.filter((entry) => entry['lane'] === name && entry['device'] === device);
  const chain = own.reduce((so, entry) => chainNext(suite, so, raw(entry['id'] as string)), chainStart(suite, persona, raw(device), raw(name)));
  return { seq: own.length, chain: toBase64Url(chain) };
}

/** The sums of files, as `sha256sum` writes them. */
export const sumsOf = (files: Files): Uint8Array =>
  utf8([...files].map(([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`).join(''));

/** The export of `export.jsonl` as files, `sums.txt` last. */
export function exportedFiles(): Files {
  const lines = exported().trimEnd().split('\n').map((line) => JSON.parse(line) as Line);
  const of = (type: string): Line[] => lines.filter((line) => line.type === type);
  const { type: _type, ...about } = lines[0]!;
  const entries = of('entry');
  const files = new Map<string, string | Uint8Array>([
    ['READ-ME.txt', 'An example of an export, of nobody.\n'], ['about.json', pretty({ type: 'commonhold-zip', ...about })], ['key-log.jsonl', jsonl(of('statement'))],
    ...of('contract').map(({ service, hash, contract }): [string, string] => [`contracts/${String(service)}/${String(hash)}.json`, pretty(contract)]),
    ['joined.jsonl', jsonl(of('joined'))], ['lanes.jsonl', jsonl(of('lane').map((lane) => ({ ...lane, ...reach(lane, entries) })))],
    ...of('blob').map(({ service, blob, data }): [string, Uint8Array] => [`media/${String(service)}/pages/somewhere/${String(blob)}.bin`, fromBase64Url(data as string)!]),
  ]);
  for (const { statement } of of('lane') as unknown as { statement: { service: string; collection: string; lane: string } }[]) {
    files.set(`records/${statement.service}/${statement.collection}.jsonl`, jsonl(entries.filter((entry) => entry['lane'] === statement.lane)));
  }
  files.set('access-log.csv', [COLUMNS, ...of('access').map((line) => COLUMNS.map((name) => String(line[name] ?? '')))].map((row) => `${row.join(',')}\n`).join(''));
  const bytes = new Map([...files].map(([name, text]): [string, Uint8Array] => [name, typeof text === 'string' ? utf8(text) : text]));
  return bytes.set('sums.txt', sumsOf(bytes));
}

/** Packs files as they are, without any compression, all of one day: the same bytes whenever it is made. */
export function zipOf(files: Files): Buffer {
  const [locals, list]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [name, bytes] of files) {
    const text = Buffer.from(name), common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE((46 << 9) | (1 << 5) | 1, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(text.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    locals.push(Buffer.from('PK\x03\x04'), common, text, Buffer.from(bytes));
    list.push(Buffer.from('PK\x01\x02\x14\x00'), common, tail, text);
    at += 30 + text.length + bytes.length;
  }
  const end = Buffer.alloc(22), listed = Buffer.concat(list);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, listed, end]);
}

/** Damage to one file of a zip; see `zipDamage`. */
export interface ZipDamage { name: string; file: string; code: string; from?: string; to?: string; drop?: true; add?: string; move?: string; summed?: true }

/** The files with the damage. */
export function damagedFiles(good: Files, { file, from = '', to = '', drop, add, move, summed }: ZipDamage): Files {
  const files = new Map([...good].flatMap(([name, bytes]): [string, Uint8Array][] => {
    if (name !== file) return [[name, bytes]];
    if (drop) return [];
    return [[move ?? name, from === '' ? bytes : utf8(Buffer.from(bytes).toString().replace(from, () => to))]];
  }));
  if (add !== undefined) files.set(file, utf8(add));
  if (!summed) return files;
  const { 'sums.txt': _sums, ...rest } = Object.fromEntries(files);
  const others = new Map(Object.entries(rest));
  return others.set('sums.txt', sumsOf(others));
}

/** Damage to `export.zip`, and what a reader answers. */
export function zipDamage(): { about: string; bad: ZipDamage[] } {
  const files = exportedFiles(), names = [...files.keys()], posts = 'records/microblog/posts.jsonl';
  const last = /[^\n]*\n$/.exec(Buffer.from(files.get(posts)!).toString())![0];
  const [contract, blob] = [names.find((name) => name.startsWith('contracts/'))!, names.find((name) => name.startsWith('media/'))!];
  return {
    about: 'spec/export.md, "As a zip". Each case: export.zip with the first `from` in one file replaced by `to`, the file dropped, given another name (`move`), or added (`add`) at the end; `summed`: sums.txt is made anew. A reader answers code.',
    bad: [
      { name: 'no about.json', file: 'about.json', drop: true, code: 'bad_zip' }, { name: 'it is something else', file: 'about.json', from: 'commonhold-zip', to: 'another-zip', summed: true, code: 'bad_zip' },
      { name: 'about.json cannot be read', file: 'about.json', from: '{', to: '', summed: true, code: 'bad_zip' }, { name: 'no key log', file: 'key-log.jsonl', drop: true, summed: true, code: 'bad_zip' },
      { name: 'no lanes', file: 'lanes.jsonl', drop: true, summed: true, code: 'bad_zip' }, { name: 'no sums', file: 'sums.txt', drop: true, code: 'bad_zip' },
      { name: 'words for people changed', file: 'READ-ME.txt', from: 'nobody', to: 'somebody', code: 'zip_sums' }, { name: 'a count of the access log changed', file: 'access-log.csv', from: '41', to: '14', code: 'zip_sums' },
      { name: 'a file that does not belong there', file: 'extra.txt', add: 'x', code: 'zip_sums' }, { name: 'a file that does not belong there, with its sum', file: 'extra.txt', add: 'x', summed: true, code: 'zip_sums' },
      { name: 'a statement changed', file: 'key-log.jsonl', from: 'Choir', to: 'Chair', summed: true, code: 'bad_signature' }, { name: 'a contract changed', file: contract, from: 'An example', to: 'No example', summed: true, code: 'contract_hash' },
      { name: 'a lane for more people', file: 'lanes.jsonl', from: '"audience":"house:', to: '"audience":"houze:', summed: true, code: 'bad_field' }, { name: 'a body changed', file: posts, from: 'eight', to: 'seven', summed: true, code: 'wrong_body' },
      { name: 'a blob changed', file: blob, from: 'sea', to: 'see', summed: true, code: 'blob_hash' }, { name: 'a blob missing', file: blob, drop: true, summed: true, code: 'blob_missing' },
      { name: 'a blob of another service', file: blob, move: blob.replace('/album/', '/people/'), summed: true, code: 'blob_missing' }, { name: 'the last record of a lane missing', file: posts, from: last, to: '', summed: true, code: 'head_missing' },
    ],
  };
}
