/* What a group says to scripts/test.mjs: its failures in full, then one line of JSON. Passing tests say nothing. */
import { inspect } from 'node:util';

/** The line that carries the counts. */
export const MARK = '@@counts ';

const where = ({ file, line }) => (file ? ` (${file}${line ? `:${line}` : ''})` : '');
const isOwn = ({ details }) => details?.type !== 'suite' && details?.error?.failureType !== 'subtestsFailed';

function said(data) {
  const cause = data.details.error?.cause ?? data.details.error;
  const text = cause instanceof Error ? cause.stack ?? cause.message : inspect(cause);
  return `  FAILED ${data.name}${where(data)}\n${String(text).split('\n').slice(0, 30).map((line) => `    ${line}`).join('\n')}\n`;
}

export default async function* report(source) {
  const counts = { passed: 0, failed: 0, notRun: [] };
  let spoken = '';
  for await (const { type, data } of source) {
    if (type === 'test:stderr') spoken = (spoken + data.message).slice(-6000);
    if (type === 'test:pass' && data.skip !== undefined) counts.notRun.push({ name: data.name, why: String(data.skip === true ? 'no reason given' : data.skip) });
    else if (type === 'test:pass' && isOwn(data)) counts.passed++;
    if (type === 'test:fail' && data.details?.error?.failureType !== 'subtestsFailed') {
      counts.failed++;
      yield said(data);
    }
  }
  if (counts.failed > 0 && spoken) yield `  It also printed:\n${spoken.split('\n').map((line) => `    ${line}`).join('\n')}\n`;
  yield `${MARK}${JSON.stringify(counts)}\n`;
}
