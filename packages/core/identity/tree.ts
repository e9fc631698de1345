import type { Suite } from '../suite.ts';
import { follow, readSigned, verifySigned } from './keylog.ts';
import { byText, type Loser, type Node } from './node.ts';
import { personaIdOf, statementHash } from './sign.ts';
import type { Signed, Statement } from './statement.ts';
import { tooLate } from './window.ts';

/** What a set of statements is read for. */
export interface Reading { suite: Suite; persona: string; seen: (hash: string) => number }

/**
 * The statements as a tree, each checked where it stands: independent of the order in which they came, of copies, and
 * of everything that is not of this persona. `root` is null without the inception. See spec/identity.md, steps 1 to 3.
 */
export function growTree(of: Reading, statements: readonly unknown[]): { root: Node | null; refused: Loser[] } {
  const { good, refused } = readAll(of, statements);
  const nodes = new Map<string, Node>();
  for (const [hash, signed] of good) {
    const grown = place(of, nodes, hash, signed);
    if (typeof grown === 'string') refused.push({ hash, height: heightOf(signed.statement), code: grown });
    else nodes.set(hash, grown);
  }
  return { root: nodes.values().next().value ?? null, refused };
}

const heightOf = (statement: Statement): number => (statement.type === 'inception' ? 0 : statement.height);

// By hash: of copies of one statement a good one counts, whatever the bad ones say; lower heights first, then lower hashes.
function readAll(of: Reading, statements: readonly unknown[]): { good: [string, Signed][]; refused: Loser[] } {
  const good = new Map<string, Signed>();
  const bad = new Map<string, Loser>();
  const malformed = new Set<string>();
  for (const value of statements) {
    const read = readSigned(value);
    if (!read.ok) { malformed.add(read.code); continue; }
    const hash = statementHash(of.suite, read.value.statement);
    const code = ofPersona(of, read.value);
    if (code !== null) keepLower(bad, { hash, height: heightOf(read.value.statement), code });
    else if (!good.has(hash) || String(read.value.signatures) < String(good.get(hash)!.signatures)) good.set(hash, read.value);
  }
  const refused: Loser[] = [...malformed].map((code) => ({ hash: null, height: null, code }));
  for (const [hash, loser] of bad) if (!good.has(hash)) refused.push(loser);
  const ordered = [...good].sort(([a, x], [b, y]) => heightOf(x.statement) - heightOf(y.statement) || byText(a, b));
  return { good: ordered, refused };
}

function ofPersona({ suite, persona }: Reading, signed: Signed): string | null {
  const { statement } = signed;
  const named = statement.type === 'inception' ? personaIdOf(suite, statement) : statement.persona;
  if (named !== persona) return 'wrong_persona';
  const fits = verifySigned(suite, signed);
  return fits.ok ? null : fits.code;
}

function keepLower(losers: Map<string, Loser>, loser: Loser): void {
  const known = losers.get(loser.hash!);
  if (!known || loser.code < known.code) losers.set(loser.hash!, loser);
}

function place({ suite, seen }: Reading, nodes: ReadonlyMap<string, Node>, hash: string, signed: Signed): Node | string {
  const { statement } = signed;
  const first = statement.type === 'inception';
  const parent = first ? null : nodes.get(statement.prev);
  if (parent === undefined) return 'prev_unknown';
  const state = follow(suite, parent?.state ?? null, statement);
  if (!state.ok) return state.code;
  const byRecovery = first || statement.by === parent!.state.recoveryKey;
  const node: Node = { hash, signed, state: state.value, parent, children: [], seen: seen(hash), byRecovery };
  if (tooLate(node)) return 'revert_late';
  parent?.children.push(node);
  return node;
}
