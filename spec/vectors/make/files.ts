import { base64url, framing, jcs } from './bytes.ts';
import { exported, exportDamage, serviceExports } from './export.ts';
import { identity } from './identity.ts';
import { personas } from './personas.ts';
import { record } from './record.ts';
import { rotations } from './rotations.ts';
import { signatures } from './signatures.ts';
import { exportedFiles, zipDamage, zipOf } from './zip.ts';

/** The text of each vector file, by name; see also `vectorZip`. */
export const vectorFiles = (): Map<string, string> => new Map(Object.entries({
  'jcs.json': jcs(), 'base64url.json': base64url(), 'frame.json': framing(), 'identity.json': identity(), 'persona.json': personas(), 'record.json': record(),
  'export-bad.json': exportDamage(), 'export-zip-bad.json': zipDamage(), 'signatures.json': signatures(), 'rotation.json': rotations(), 'export-services.json': serviceExports(),
}).map(([name, value]): [string, string] => [name, JSON.stringify(value, null, 1) + '\n']).concat([['export.jsonl', exported()]]));

/** `export.zip`: what `export.jsonl` has, packed. */
export const vectorZip = (): Buffer => zipOf(exportedFiles());
