import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { zipOf, type ZipFile } from '../../../archive/index.ts';
import { LISTS } from '../../../past/csv.ts';
import { API_HEADERS } from '../checks/headers.ts';
import type { Somebody } from '../../../firewall/caller.ts';
import type { WebDeps } from '../ports.ts';
import { NOT_FOUND } from '../problem.ts';
import { none, type Route } from '../route.ts';
import { oneOf, shape } from '../shapes.ts';
import { write } from '../write.ts';

const PIECE = 64 * 1024;

/** All that one has in this house, in one file (spec/export.md), and one's lists as other networks read them. */
export function exportRoutes({ household, exportOf, exportFiles, csv, joining }: Pick<WebDeps, 'household' | 'exportOf' | 'exportFiles' | 'csv' | 'joining'>): Route[] {
  return [
    {
      method: 'GET', path: '/me/export', summary: 'Everything that is yours here, as one file (spec/export.md): JSON Lines, or a zip to look into; no private keys are in it', auth: 'session', limit: 'page',
      query: shape({ 'form?': oneOf('lines', 'zip') }), answers: { 200: { type: 'string', description: 'JSON Lines, or a zip' } }, handler: () => none(),
      bytes: { way: 'out', serve: async ({ session, query }, _incoming, outgoing) => {
        const { persona, handle } = session!;
        const isZip = (query as { form?: string }).form === 'zip';
        const files = isZip && household.personOf(persona) ? exportFiles(persona) : null;
        const lines = !isZip && household.personOf(persona) ? exportOf(persona) : null;
        if (files) await give(zipOf(breathing(files)), { type: 'application/zip', name: `${handle}.zip` }, outgoing);
        else if (lines) await give(inPieces(lines), { type: 'application/x-ndjson', name: `${handle}.jsonl` }, outgoing);
        else write(outgoing, NOT_FOUND);
        return null;
      } },
    },
    {
      method: 'GET', path: '/me/services/{persona}/{service}/export', summary: 'Everything that one service keeps with you, as one file (spec/export.md), and its lines of your log; to be taken before leaving', auth: 'session', limit: 'page',
      answers: { 200: { type: 'string', description: 'JSON Lines' } }, problems: ['service_unknown'], handler: () => none(),
      bytes: { way: 'out', serve: async ({ caller, params }, _incoming, outgoing) => {
        const { persona, service, title } = (await joining()).get(caller as Somebody, params['persona']!, params['service']!);
        const lines = exportOf(persona, { service, owner: (caller as Somebody).persona });
        const name = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'service';
        if (lines) await give(inPieces(lines), { type: 'application/x-ndjson', name: `${name}.jsonl` }, outgoing);
        else write(outgoing, NOT_FOUND);
        return null;
      } },
    },
    {
      method: 'GET', path: '/me/export/{list}', summary: 'One of your lists as CSV, as Mastodon writes and reads it: following, blocks, mutes, lists, bookmarks', auth: 'session', limit: 'page',
      answers: { 200: { type: 'string', description: 'CSV' } }, problems: ['not_found'], handler: () => none(),
      bytes: { way: 'out', serve: async ({ caller, params }, _incoming, outgoing) => {
        const list = LISTS.find((name) => `${name}.csv` === params['list']);
        if (list === undefined) write(outgoing, NOT_FOUND);
        else await give([await csv(caller as Somebody, list)], { type: 'text/csv; charset=utf-8', name: `${list}.csv` }, outgoing);
        return null;
      } },
    },
  ];
}

async function give(pieces: Iterable<string> | AsyncIterable<string | Uint8Array>, { type, name }: { type: string; name: string }, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(200, { ...API_HEADERS, 'content-type': type, 'content-disposition': `attachment; filename="${name}"` });
  // A reader who goes away in between is no trouble of the house; what is cut off lacks its last line.
  await pipeline(Readable.from(pieces, { objectMode: false }), outgoing).catch(() => {});
}

/** A breath before each file. */
async function* breathing(files: Iterable<ZipFile>): AsyncGenerator<ZipFile> {
  for (const file of files) { yield file; await new Promise(setImmediate); }
}

/** Larger pieces than lines, and a breath between them, so that others are answered meanwhile. */
async function* inPieces(lines: Iterable<string>): AsyncGenerator<string> {
  let piece = '';
  for (const line of lines) {
    piece += line;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
    await new Promise(setImmediate);
  }
  if (piece !== '') yield piece;
}
