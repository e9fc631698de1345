import type { DataRecord, JoinedWhole, LogLine, Records } from '@commonhold/sdk';
import { client } from '../../state/client.ts';

/* As many as the house gives at once. */
const RECORDS = 200;
const DAYS = 14;

async function* recordsOf({ persona, service, contract }: JoinedWhole): AsyncGenerator<{ collection: string; record: DataRecord }> {
  for (const collection of Object.keys(contract['collections'] as object)) {
    for (let after: string | null | undefined; after !== null;) {
      const page: Records = await client.data.query({ persona, service, collection }, { first: RECORDS, ...(after === undefined ? {} : { after }) });
      for (const { cursor: _cursor, origin: _origin, proof: _proof, ...record } of page.items) yield { collection, record };
      after = page.next;
    }
  }
}

async function* linesOf(service: string): AsyncGenerator<{ day: string; line: LogLine }> {
  for (let before: string | null | undefined; before !== null;) {
    const page = await client.me.log({ days: DAYS, ...(before === undefined ? {} : { before }) });
    for (const { day, lines } of page.days) for (const line of lines) if (line.service === service) yield { day, line };
    before = page.next as string | null;
  }
}

/** A copy of all that a joined service keeps, as JSON Lines: how it was joined, with the contract; each record; each line of the log. */
export async function copyOf(whole: JoinedWhole): Promise<string> {
  const lines: unknown[] = [{ joined: whole }];
  for await (const record of recordsOf(whole)) lines.push(record);
  for await (const line of linesOf(whole.service)) lines.push(line);
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
