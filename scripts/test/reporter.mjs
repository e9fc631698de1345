/* What a group says to scripts/test.mjs: its failures in full, then one line of JSON. Passing tests say nothing. */
import { inspect } from 'node:util';

/** The line that carries the counts. */
export const MARK = '@@counts ';

const where = ({ file, line }) => (file ? ` (${file}${line ? `:${line}` : ''})` : '');
const isSuite = ({ details }) => details?.type === 'suite';
/** A suite, or a file, that failed only because a test in it did. */
const isEcho = ({ details }) => details?.error?.failureType === 'subtestsFailed';

function said(data) {
  const cause = data.details.error?.cause ?? data.details.error;
  const text = cause instanceof Error ? cause.stack ?? cause.message : inspect(cause);
  return `  FAILED ${data.name}${where(data)}\n${String(text).split('\n').slice(0, 30).map((line) => `    ${line}`).join('\n')}\n`;
}

/** Files that must be covered whole and are not. What was never called has no branches in V8's eyes: so functions count, too. */
function uncovered(counts, { summary }) {
  const untaken = (parts) => parts.filter(({ count }) => count === 0).map(({ line }) => line);
  const partly = summary.files.map(({ path, branches, functions }) => ({ path, lines: [...new Set([...untaken(functions), ...untaken(branches)])] }))
    .filter(({ lines }) => lines.length > 0);
  counts.failed += partly.length;
  return partly.map(({ path, lines }) => `  NOT COVERED ${path}: functions or branches of lines ${lines.join(', ')}\n`).join('');
}

/** Takes one event into the counts; answers what is to be printed of it. */
function take(counts, { type, data }) {
  if (type === 'test:fail' && !isEcho(data)) {
    counts.failed++;
    return said(data);
  }
  if (type === 'test:coverage') return uncovered(counts, data);
  if (type !== 'test:pass') return '';
  if (data.skip !== undefined) counts.notRun.push({ name: data.name, why: data.skip === true ? 'no reason given' : String(data.skip) });
  else if (!isSuite(data)) counts.passed++;
  return '';
}

export default async function* report(source) {
  const counts = { passed: 0, failed: 0, notRun: [] };
  let printed = '';
  for await (const event of source) {
    if (event.type === 'test:stderr') printed = (printed + event.data.message).slice(-6000);
    yield take(counts, event);
  }
  if (counts.failed > 0 && printed) yield `  It also printed:\n${printed.split('\n').map((line) => `    ${line}`).join('\n')}\n`;
  yield `${MARK}${JSON.stringify(counts)}\n`;
}
