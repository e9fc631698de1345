import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Which of these bytes stand anywhere in the files of a folder, of databases also what is free: `<what> in <file>`. */
export function foundIn(folder: string, wanted: Readonly<Record<string, Buffer>>): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    return Object.entries(wanted).filter(([, one]) => bytes.includes(one)).map(([what]) => `${what} in ${path.slice(folder.length + 1)}`);
  });
}
