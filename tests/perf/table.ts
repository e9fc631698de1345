import { budgetText, type BenchRow, type Topic } from './row.ts';

const HEAD = ['', 'house', 'bare server', 'ratio', 'budget', ''];

/** The report as people read it. */
export function table(rows: readonly BenchRow[], topics: readonly Topic[]): string {
  const lines = [HEAD, ...rows.map((row) => cells(row, topics.find(({ name }) => name === row.name)))];
  const widths = HEAD.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  const text = lines.map((line) => line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ').trimEnd());
  const units = rows.map(({ name, unit }) => `  ${name}: ${unit}`);
  return `${text.join('\n')}\n\nIn units of\n${units.join('\n')}\n`;
}

function cells({ name, value, baseline, ratio, ok }: BenchRow, topic: Topic | undefined): string[] {
  const figure = (number: number | null) => (number === null ? '–' : String(number));
  const budget = topic?.budget ? budgetText(topic.budget, topic.unit) : '';
  return [name, figure(value), figure(baseline), ratio === null ? '–' : `${ratio} ×`, budget, budget === '' ? '' : ok ? 'ok' : 'MISSED'];
}
