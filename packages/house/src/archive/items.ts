import { damaged } from './refusals.ts';

/** One element of a list in a JSON file, as text; or why it cannot be had. */
export type Item = { n: number; text: string } | { n: number; why: 'too_big' | 'bad_encoding' };

const QUOTE = 0x22, ESCAPE = 0x5c, OPEN = 0x5b, COMMA = 0x2c;
// Square and curly differ in one bit.
const opens = (byte: number): boolean => (byte | 0x20) === 0x7b;
const closes = (byte: number): boolean => (byte | 0x20) === 0x7d;
const MOST_ITEM = 2 ** 20;
const MOST_KEY = 100;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The elements of a list in a JSON file of any size, one after the other, in memory for one of them (1 MiB at most). `key`: the list
 * is the value of this name in the file's object; without it the file is the list, and what is before it (`window.YTD… =`) is passed
 * over. An element that is no JSON is its reader's to find out. Refuses `archive_damaged` when the list ends too early or is not there.
 */
export async function* itemsIn(pieces: AsyncIterable<Uint8Array>, key?: string): AsyncGenerator<Item> {
  const scan = new Scan(key);
  for await (const piece of pieces) yield* scan.take(piece);
  if (!scan.isOver) throw damaged('a list in it ends too early, or is not there.');
}

/** What the bytes of one element were. */
class Held {
  private pieces: Uint8Array[] = [];
  private bytes = 0;
  /** Whether there is anything but white space in it. */
  hasAny = false;

  keep(piece: Uint8Array): void {
    this.bytes += piece.length;
    // Held no longer than it can be used.
    if (this.bytes > MOST_ITEM) this.pieces = []; else if (piece.length > 0) this.pieces.push(piece);
  }

  item(n: number): Item {
    const text = this.bytes > MOST_ITEM ? null : Buffer.concat(this.pieces);
    [this.pieces, this.bytes, this.hasAny] = [[], 0, false];
    if (!text) return { n, why: 'too_big' };
    try { return { n, text: utf8.decode(text) }; } catch { return { n, why: 'bad_encoding' }; }
  }
}

class Scan {
  isOver = false;
  private readonly key: string | undefined;
  private readonly held = new Held();
  private n = 0;
  private depth = 0;
  /** Depth of the list, once it was found. */
  private level = -1;
  private inText = false;
  private isEscaped = false;
  /** The text at depth 1 that is being read, and the last one: it may be the name of the list. */
  private name: number[] | null = null;
  private lastName = '';

  constructor(key: string | undefined) { this.key = key; }

  *take(piece: Uint8Array): Iterable<Item> {
    let from = 0;
    for (let i = 0; i < piece.length && !this.isOver; i++) {
      const byte = piece[i]!;
      if (this.inText) { this.text(byte); continue; }
      if (byte <= 0x20) continue;
      if (this.endsItem(byte)) {
        this.held.keep(piece.subarray(from, i));
        this.isOver = byte !== COMMA;
        if (!this.isOver || this.held.hasAny) yield this.held.item(this.n++);
        from = i + 1;
      } else this.held.hasAny = true;
      if (this.moves(byte)) from = i + 1;
    }
    if (this.level >= 0 && !this.isOver) this.held.keep(piece.subarray(from));
  }

  /** Goes on outside of texts; true where the list begins. */
  private moves(byte: number): boolean {
    if (byte === QUOTE) {
      this.inText = true;
      if (this.level < 0 && this.depth === 1) this.name = [];
    } else if (closes(byte)) this.depth--;
    else if (opens(byte)) {
      this.depth++;
      if (this.level >= 0 || byte !== OPEN || !this.isNamed()) return false;
      this.level = this.depth;
      this.held.hasAny = false;
      return true;
    }
    return false;
  }

  private endsItem(byte: number): boolean {
    return this.depth === this.level && (byte === COMMA || closes(byte));
  }

  private isNamed(): boolean {
    return this.key === undefined ? this.depth === 1 : this.depth === 2 && this.lastName === this.key;
  }

  private text(byte: number): void {
    if (this.isEscaped) this.isEscaped = false;
    else if (byte === ESCAPE) this.isEscaped = true;
    else if (byte === QUOTE) {
      this.inText = false;
      if (this.name) this.lastName = Buffer.from(this.name).toString();
      this.name = null;
    }
    if (this.name && this.name.length < MOST_KEY) this.name.push(byte);
  }
}
