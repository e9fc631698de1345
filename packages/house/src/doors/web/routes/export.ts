import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { API_HEADERS } from '../checks/headers.ts';
import type { WebDeps } from '../ports.ts';
import { NOT_FOUND } from '../problem.ts';
import { none, type Route } from '../route.ts';
import { write } from '../write.ts';

const PIECE = 64 * 1024;

/** All that one has in this house, in one file (spec/export.md). */
export function exportRoutes({ household, exportOf }: Pick<WebDeps, 'household' | 'exportOf'>): Route[] {
  return [{
    method: 'GET', path: '/me/export', summary: 'Everything that is yours here, as one file of JSON Lines (spec/export.md); no private keys are in it', auth: 'session', limit: 'page',
    answers: { 200: { type: 'string', description: 'JSON Lines' } }, handler: () => none(),
    bytes: { way: 'out', serve: async ({ session }, _incoming, outgoing) => {
      const { persona, handle } = session!;
      const lines = household.personOf(persona) && exportOf(persona);
      if (!lines) write(outgoing, NOT_FOUND);
      else await give(lines, handle, outgoing);
      return null;
    } },
  }];
}

async function give(lines: Iterable<string>, handle: string, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(200, { ...API_HEADERS, 'content-type': 'application/x-ndjson', 'content-disposition': `attachment; filename="${handle}.jsonl"` });
  // A reader who goes away in between is no trouble of the house; what is cut off lacks its last line.
  await pipeline(Readable.from(inPieces(lines), { objectMode: false }), outgoing).catch(() => {});
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
