/** One line of the report, exactly as `--json` prints it. */
export interface BenchRow {
  name: string;
  /** What the house needs, in `unit`; null when it could not be measured (then `unit` says why). */
  value: number | null;
  unit: string;
  /** What the bare server needs for the same, in the same run; 0 where it has nothing of the kind. */
  baseline: number | null;
  /** value / baseline, the median within pairs; null where there is nothing to divide by. */
  ratio: number | null;
  /** What is allowed: of the ratio for requests, of the value for the rest; null for a figure that only informs. */
  budget: number | null;
  ok: boolean;
}

/** What a measurement is given. */
export interface Setting {
  /** Root of the clone. */
  root: string;
  /** A folder that is removed afterwards. */
  temp: string;
  /** Short and rough: shows that the bench works, not how fast the house is. */
  quick: boolean;
}

/** A budget: of the ratio or of the value, at most or at least. */
export interface Budget { of: 'ratio' | 'value'; limit: number; atLeast?: true }

/** What one row is about, before it is measured. */
export interface Topic { name: string; unit: string; budget: Budget | null }

/** A budget as people write it. */
export const budgetText = ({ of, limit, atLeast }: Budget, unit: string): string => `${atLeast ? '≥' : '≤'} ${limit} ${of === 'ratio' ? '×' : unit}`;

/** A measured row. Figures keep four digits. */
export function row({ name, unit, budget }: Topic, { value, baseline, ratio }: { value: number; baseline: number; ratio?: number }): BenchRow {
  const compared = ratio ?? (baseline === 0 ? null : value / baseline);
  const judged = budget?.of === 'ratio' ? compared : value;
  const ok = budget === null || (judged !== null && (budget.atLeast ? judged >= budget.limit : judged <= budget.limit));
  return { name, value: digits(value), unit, baseline: digits(baseline), ratio: compared === null ? null : digits(compared), budget: budget?.limit ?? null, ok };
}

/** A row that could not be measured, and why. */
export const unmeasured = ({ name, unit, budget }: Topic, why: string): BenchRow =>
  ({ name, value: null, unit: `${unit} (not measured: ${why})`, baseline: null, ratio: null, budget: budget?.limit ?? null, ok: false });

const digits = (value: number): number => Number(value.toPrecision(4));
