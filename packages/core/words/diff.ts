import { contractChanges, type Change, type Direction } from '../contract/changes.ts';
import type { Contract } from '../contract/types.ts';
import { no, yes, type Result } from '../result.ts';
import { cardWith, glossaryOf } from './card.ts';
import type { Glossary } from './glossary.ts';
import { changeParts, partsOf, ruleParts } from './parts.ts';

/** One change in sentences; null where there was, or is, nothing. `at`: a JSON pointer, as in Change. */
export interface DiffRow { readonly direction: Direction; readonly at: string; readonly before: string | null; readonly after: string | null }

/** Two contracts compared, in words. */
export interface Diff {
  /** Wider first, then narrower, then the rest. */
  readonly rows: readonly DiffRow[];
  /** The rules that stay, in sentences. */
  readonly same: readonly string[];
  readonly wider: number;
  readonly narrower: number;
  readonly changed: number;
  /** "2 things get wider, and 4 things stay as they are." */
  readonly summary: string;
  /** Red lines of the later contract that the earlier did not have. */
  readonly redLines: readonly string[];
}

const ORDER: readonly Direction[] = ['wider', 'narrower', 'changed'];

/** What going from one contract to another changes, in one language. No: as contractCard. */
export function diffWords(from: Contract, to: Contract, locale: string): Result<Diff> {
  const glossary = glossaryOf(locale);
  return glossary.ok ? diffWith(glossary.value, from, to) : glossary;
}

/** The same by a given glossary. */
export function diffWith(glossary: Glossary, from: Contract, to: Contract): Result<Diff> {
  const [before, after] = [cardWith(glossary, from), cardWith(glossary, to)];
  if (!before.ok) return before;
  if (!after.ok) return after;
  const changes = contractChanges(from, to);
  const rows: DiffRow[] = [];
  for (const change of changes) {
    const row = rowOf(change, glossary, from, to);
    if (row === null) return no('no_sentence', 'No words for a change.', change.at);
    rows.push(row);
  }
  rows.sort((a, b) => ORDER.indexOf(a.direction) - ORDER.indexOf(b.direction));
  const moved = new Set(changes.map(({ at }) => at));
  const same = [...after.value.rules].filter(([id]) => !moved.has(pointerOf(id))).map(([, sentence]) => sentence);
  const count = (of: Direction): number => rows.filter(({ direction }) => direction === of).length;
  const [wider, narrower, changed] = [count('wider'), count('narrower'), count('changed')];
  return yes({
    rows, same, wider, narrower, changed, summary: glossary.tally({ wider, narrower, changed, same: same.length }),
    redLines: after.value.redLines.filter((line) => !before.value.redLines.includes(line)),
  });
}

/** dishes.allow[2] → /collections/dishes/allow/2 */
const pointerOf = (id: string): string => `/collections/${id.replace(/\.allow\[(\d+)\]$/, '/allow/$1')}`;

function rowOf(change: Change, glossary: Glossary, from: Contract, to: Contract): DiffRow | null {
  const [before, after] = change.kind === 'rule'
    ? [ruleSide(change, 'before', glossary, from), ruleSide(change, 'after', glossary, to)]
    : [side(change, glossary, from, to), side(change, glossary, to, from)];
  if (before === undefined || after === undefined || (before === null && after === null)) return null;
  // What is said alike of both sides is said once.
  return { direction: change.direction, at: change.at, before: before === after ? null : before, after };
}

/** A sentence, null where there is nothing to say one of, or undefined where there are no words. */
type Side = string | null | undefined;

function ruleSide(change: Change, which: 'before' | 'after', glossary: Glossary, contract: Contract): Side {
  const rule = change[which];
  if (rule === null) return null;
  const collection = partsOf(contract, change.collection!, contract.collections[change.collection!]!);
  return glossary.rule(ruleParts(rule, serviceOf(glossary, contract), collection)) ?? undefined;
}

function side(change: Change, glossary: Glossary, contract: Contract, other: Contract): Side {
  const parts = changeParts(change, contract, serviceOf(glossary, contract), other);
  return parts === null ? null : glossary.change(parts) ?? undefined;
}

const serviceOf = (glossary: Glossary, { service }: Contract): string => glossary.service(service.title, service.key === null);
