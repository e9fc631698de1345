/** What a trace tells of files and answers, in its order. Paths and bytes as they were. */
export type Event =
  | { kind: 'create'; path: string }
  | { kind: 'write'; path: string; at: number; bytes: Buffer }
  | { kind: 'cut'; path: string; size: number }
  | { kind: 'unlink'; path: string }
  /** A sync makes durable what came before its beginning, once it has ended. */
  | { kind: 'sync'; path: string; begun: number }
  | { kind: 'sent'; text: string };

/** What strace is to be asked for, so that `eventsOf` can read it. */
export const TRACED = ['-y', '-xx', '-s', '1000000', '-e', 'trace=openat,pwrite64,ftruncate,fdatasync,fsync,unlink,write,writev,sendto'];

const HEX = /\\x([0-9a-f]{2})/g;
const plain = (hex: string): Buffer => Buffer.from(hex.replaceAll(HEX, '$1'), 'hex');
const text = (hex: string): string => plain(hex).toString();

/** Reads a trace; a call counts where it began, its halves joined. Calls that failed did nothing. */
export function eventsOf(trace: string): Event[] {
  const events: Event[] = [];
  const open = new Map<string, { call: string; place: number }>();
  for (const line of trace.split('\n')) {
    const [, thread = '', said = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    if (said.endsWith('<unfinished ...>')) {
      const call = said.slice(0, -'<unfinished ...>'.length);
      // Bytes may reach the file from the start of a write on.
      const early = eventOf(`${call.trimEnd()}) = 0`, events.length);
      if (early && early.kind !== 'sync' && early.kind !== 'create') events.push(early);
      open.set(thread, { call, place: events.length });
      continue;
    }
    const [, rest] = /^<\.\.\. \w+ resumed>(.*)$/.exec(said) ?? [];
    const begun = rest === undefined ? undefined : open.get(thread);
    const event = eventOf(begun ? begun.call + rest : said, begun?.place ?? events.length);
    if (event && !(begun && event.kind !== 'sync' && event.kind !== 'create')) events.push(event);
  }
  return events;
}

type Read = (said: string, path: string, begun: number) => Event | null;

const sync: Read = (_, path, begun) => ({ kind: 'sync', path, begun });
const sent: Read = (said, path) =>
  (path.startsWith('socket:') ? { kind: 'sent', text: [...said.matchAll(/"([^"]*)"/g)].map(([, piece = '']) => text(piece)).join('') } : null);

/** How each call is read. */
const CALLS: Readonly<Record<string, Read>> = {
  openat: (said) => {
    const [, opened = ''] = /^openat\([^,]*, "([^"]*)", [^,]*O_CREAT/.exec(said) ?? [];
    return opened === '' ? null : { kind: 'create', path: text(opened) };
  },
  pwrite64: (said, path) => {
    const [, bytes = '', at = ''] = /, "([^"]*)", \d+, (\d+)\)/.exec(said) ?? [];
    return at === '' ? null : { kind: 'write', path, at: Number(at), bytes: plain(bytes) };
  },
  ftruncate: (said, path) => ({ kind: 'cut', path, size: Number(/, (\d+)\)/.exec(said)?.[1]) }),
  unlink: (said) => ({ kind: 'unlink', path: text(/^unlink\("([^"]*)"/.exec(said)?.[1] ?? '') }),
  fsync: sync, fdatasync: sync, write: sent, writev: sent, sendto: sent,
};

function eventOf(said: string, begun: number): Event | null {
  if (/= -1 /.test(said.slice(-200))) return null;
  const path = text(/^\w+\(\d+<([^>]*)>/.exec(said)?.[1] ?? '');
  return CALLS[/^\w+/.exec(said)?.[0] ?? '']?.(said, path, begun) ?? null;
}
