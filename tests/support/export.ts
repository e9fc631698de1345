import type { LogEntry } from '@commonhold/core';

/** A lane of an export, ready for core's `verifyLog`. */
export interface ExportedLane { announcement: unknown; entries: LogEntry[] }

/** Sorts the lines of an export into its key log and its lanes. */
export function readExport(text: string): { statements: unknown[]; lanes: ExportedLane[]; lines: { type: string }[] } {
  const lines = text.trimEnd().split('\n').map((line) => JSON.parse(line) as { type: string });
  const lanes: ExportedLane[] = [];
  const statements: unknown[] = [];
  for (const line of lines) {
    const { type, ...rest } = line;
    if (type === 'statement') statements.push(rest);
    if (type === 'lane') lanes.push({ announcement: rest, entries: [] });
    if (type === 'entry') {
      const { lane: _lane, device: _device, ...entry } = rest as unknown as LogEntry & { lane: string; device: string };
      lanes.at(-1)?.entries.push(entry);
    }
  }
  return { statements, lanes, lines };
}
