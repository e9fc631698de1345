import { ApiError } from '@commonhold/sdk';

/* As much of zip as an export has (spec/export.md): its list of files stands at the end, each is stored or deflated. */

const END = 0x06054b50, END64 = 0x06064b50, PLACE64 = 0x07064b50, ITEM = 0x02014b50, LOCAL = 0x04034b50;
const FULL32 = 0xffffffff;
const MOST_LIST = 64 * 2 ** 20;
const MOST_FILE = 4 * 2 ** 20;

/** A file that cannot be read as an export. Status 0. */
export const unreadable = (): ApiError => new ApiError(0, 'export_unreadable', 'This file is no export.');

async function viewOf(file: Blob, at: number, length: number): Promise<DataView> {
  if (at < 0 || at + length > file.size) throw unreadable();
  return new DataView(await file.slice(at, at + length).arrayBuffer());
}

const large = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

async function listOf(file: Blob): Promise<DataView> {
  const from = Math.max(0, file.size - 22 - 0xffff);
  const tail = await viewOf(file, from, file.size - from);
  for (let at = tail.byteLength - 22; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END) continue;
    let [bytes, place] = [tail.getUint32(at + 12, true), tail.getUint32(at + 16, true)];
    if (place === FULL32 && at >= 20 && tail.getUint32(at - 20, true) === PLACE64) {
      const record = await viewOf(file, large(tail, at - 12), 56);
      if (record.getUint32(0, true) !== END64) throw unreadable();
      [bytes, place] = [large(record, 40), large(record, 48)];
    }
    if (bytes > MOST_LIST) throw unreadable();
    return viewOf(file, place, bytes);
  }
  throw unreadable();
}

/** The text of a small file (4 MiB at most) in a zip. Throws `export_unreadable` where there is none. */
export async function textInZip(file: Blob, name: string): Promise<string> {
  const list = await listOf(file);
  for (let at = 0; at + 46 <= list.byteLength && list.getUint32(at, true) === ITEM;) {
    const [nameBytes, extraBytes, noteBytes] = [28, 30, 32].map((field) => list.getUint16(at + field, true)) as [number, number, number];
    const end = at + 46 + nameBytes + extraBytes + noteBytes;
    if (end > list.byteLength) break;
    if (new TextDecoder().decode(new Uint8Array(list.buffer, at + 46, nameBytes)) === name) {
      return textOf(file, { packed: list.getUint32(at + 20, true), bytes: list.getUint32(at + 24, true), place: list.getUint32(at + 42, true), isPacked: list.getUint16(at + 10, true) === 8 });
    }
    at = end;
  }
  throw unreadable();
}

async function textOf(file: Blob, { packed, bytes, place, isPacked }: { packed: number; bytes: number; place: number; isPacked: boolean }): Promise<string> {
  const head = await viewOf(file, place, 30);
  if (head.getUint32(0, true) !== LOCAL || bytes > MOST_FILE || packed > MOST_FILE) throw unreadable();
  const from = place + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  const slice = file.slice(from, from + packed);
  try {
    return await wordsOf(isPacked ? slice.stream().pipeThrough(new DecompressionStream('deflate-raw')) : slice.stream());
  } catch { throw unreadable(); }
}

/** Cut off where it becomes more than it may. */
async function wordsOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  for (const reader = stream.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > MOST_FILE) { await reader.cancel(); throw unreadable(); }
  }
}
