import { resolve } from 'node:path';

/** The house's command as it stands in the sources. */
export const SOURCES = resolve(import.meta.dirname, '../../packages/house/src/cli/main.ts');

/** The house's command: in few files where `npm test` made them, because they start in half the time; else the sources. */
export const PROGRAM = process.env['COMMONHOLD_TEST_HOUSE'] ?? SOURCES;

/** The command for a process with this environment: what is told to reach into single modules finds them in the sources alone. */
export const programFor = (env: Readonly<Record<string, string>> = {}): string => (env['NODE_OPTIONS'] === undefined ? PROGRAM : SOURCES);
