import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { PAGE_HEADERS, TRUSTED_HEADERS } from './checks/headers.ts';
import type { First } from './first.ts';
import { dressed, pageText } from './page.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml',
  '.png': 'image/png', '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.json': 'application/json', '.webmanifest': 'application/manifest+json', '.txt': 'text/plain; charset=utf-8',
};
const PACKED = new Set(['.html', '.js', '.css', '.svg', '.json', '.webmanifest', '.txt']);
/** What the build says of each screen's files; not for browsers. */
const SCREENS = '/screens.json';
const NO_FILES = new Set(['/index.html', SCREENS]);
/** Paths that programs ask for even when they say that they would take HTML. */
const MACHINE = /^\/(pods\/|assets\/|healthz$|me\/export(\/|$)|me\/services\/[^/]+\/[^/]+\/export$|me\/imports\/|openapi\.json$|oauth\/|\.well-known\/|live$)/;

type Coding = 'br' | 'gzip' | '';
/** Packed beforehand, by the build. */
const BEFORE = '.br';

interface File { type: string; bytes: Buffer; etag: string; immutable: boolean; packed: Map<Coding, Promise<Buffer>> }

/** The built app, held in memory. */
export interface App {
  /** Answers a GET or HEAD that asks for a file or a page of the app; false if it is for somebody else. */
  serve(incoming: IncomingMessage, outgoing: ServerResponse): boolean;
}

/** Reads the folder of the built app; an empty or missing one serves nothing but a sentence. `trusted` judges a Host header; `first` answers beforehand what a page is about to ask. */
export function makeApp(dist: string, trusted: (host: string | undefined) => boolean, first: First = () => null): App {
  const files = readAll(dist);
  const page = files.get('/index.html');
  const text = page && pageText(page.bytes.toString(), files.get(SCREENS)?.bytes.toString());
  const sendPage = (incoming: IncomingMessage, outgoing: ServerResponse, path: string, extra: Readonly<Record<string, string>>): void => {
    if (!page || !text) { notBuilt(outgoing); return; }
    const answers = incoming.method === 'GET' ? first(incoming, path) : null;
    if (answers) answers.then((found) => sendOwn(incoming, outgoing, dressed(text, path, found), extra)).catch(() => outgoing.destroy());
    else void send(incoming, outgoing, page, { ...extra, vary: 'accept, accept-encoding, cookie' });
  };
  return {
    serve(incoming, outgoing) {
      if (incoming.method !== 'GET' && incoming.method !== 'HEAD') return false;
      const url = incoming.url ?? '/';
      const path = url.slice(0, url.search(/[?#]|$/));
      const file = NO_FILES.has(path) ? undefined : files.get(path);
      const extra = trusted(incoming.headers.host) ? TRUSTED_HEADERS : {};
      if (file) { void send(incoming, outgoing, file, extra); return true; }
      if (path !== '/' && (MACHINE.test(path) || !incoming.headers.accept?.includes('text/html'))) return false;
      sendPage(incoming, outgoing, path, extra);
      return true;
    },
  };
}

function readAll(dist: string): Map<string, File> {
  const files = new Map<string, File>();
  let names: string[];
  try { names = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)); } catch { return files; }
  for (const name of names) {
    const path = `/${relative(dist, name).split(sep).join('/')}`;
    const bytes = readFileSync(name);
    files.set(path, {
      type: TYPES[extname(name)] ?? 'application/octet-stream', bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
      immutable: path.startsWith('/assets/'), packed: new Map(),
    });
  }
  for (const [path, { bytes }] of files) {
    if (!path.endsWith(BEFORE)) continue;
    files.get(path.slice(0, -BEFORE.length))?.packed.set('br', Promise.resolve(bytes));
    files.delete(path);
  }
  return files;
}

async function send(incoming: IncomingMessage, outgoing: ServerResponse, file: File, extra: Readonly<Record<string, string>>): Promise<void> {
  const coding = PACKED.has(extOf(file)) ? codingOf(incoming.headers['accept-encoding']) : '';
  const headers: Record<string, string> = {
    ...PAGE_HEADERS, 'content-type': file.type, etag: file.etag, vary: 'accept-encoding',
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache', ...extra,
  };
  if (incoming.headers['if-none-match']?.includes(file.etag)) { outgoing.writeHead(304, headers).end(); return; }
  const bytes = await packed(file, coding);
  if (coding !== '') headers['content-encoding'] = coding;
  headers['content-length'] = String(bytes.length);
  outgoing.writeHead(200, headers);
  outgoing.end(incoming.method === 'HEAD' ? undefined : bytes);
}

// Somebody's own page is kept nowhere. It is made for each time it is opened: packed quickly rather than tightly.
async function sendOwn(incoming: IncomingMessage, outgoing: ServerResponse, html: string, extra: Readonly<Record<string, string>>): Promise<void> {
  const coding = codingOf(incoming.headers['accept-encoding']);
  const plain = Buffer.from(html);
  const bytes = coding === 'br' ? await promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: QUICK, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } })
    : coding === 'gzip' ? await promisify(gzip)(plain, { level: QUICK }) : plain;
  outgoing.writeHead(200, {
    ...PAGE_HEADERS, 'content-type': TYPES['.html']!, 'cache-control': 'no-store', vary: 'accept, accept-encoding, cookie', ...extra,
    ...(coding === '' ? {} : { 'content-encoding': coding }), 'content-length': String(bytes.length),
  });
  outgoing.end(bytes);
}

const QUICK = 5;

const extOf = (file: File): string => Object.keys(TYPES).find((ext) => TYPES[ext] === file.type) ?? '';

function codingOf(accepted: string | undefined): Coding {
  if (accepted === undefined) return '';
  if (/\bbr\b(?!;\s*q=0(\.0+)?\b)/.test(accepted)) return 'br';
  return /\bgzip\b(?!;\s*q=0(\.0+)?\b)/.test(accepted) ? 'gzip' : '';
}

// Packed at first use, off the main thread, and kept.
function packed(file: File, coding: Coding): Promise<Buffer> {
  const known = file.packed.get(coding);
  if (known) return known;
  const made = coding === 'br' ? promisify(brotliCompress)(file.bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: file.bytes.length } })
    : coding === 'gzip' ? promisify(gzip)(file.bytes, { level: 9 }) : Promise.resolve(file.bytes);
  file.packed.set(coding, made);
  return made;
}

function notBuilt(outgoing: ServerResponse): void {
  outgoing.writeHead(503, { ...PAGE_HEADERS, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  outgoing.end('The app has not been built yet. Start the house with: npm start\n');
}
