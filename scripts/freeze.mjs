/*
 * Packs a data folder at rest into what tests thaw: a brotli of JSON {now, files: {path: base64}}. Locks and sockets stay behind.
 *   node scripts/freeze.mjs FOLDER OUT.json.br NOW
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const [folder, out, now] = process.argv.slice(2);
const LEFT = /(^|\/)(house\.lock|house\.sock|.*-shm)$/;
const paths = readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))).filter((path) => statSync(path).isFile() && !LEFT.test(path));
const files = Object.fromEntries(paths.sort().map((path) => [relative(folder, path), readFileSync(path).toString('base64')]));
writeFileSync(out, brotliCompressSync(JSON.stringify({ now: Number(now), files }), { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }));
