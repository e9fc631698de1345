import { no, yes, type Result } from '../result.ts';
import type { Suite } from '../suite.ts';
import { decideFork, type Decision } from './fork.ts';
import { byText, type Loser, type Node } from './node.ts';
import { gatherPutOut } from './putout.ts';
import type { KeyLogState } from './state.ts';
import type { Signed } from './statement.ts';
import { growTree } from './tree.ts';
import { settle, type PendingMove } from './window.ts';

/** Two recovery statements at one height: whoever holds the words wrote two logs, or two hold them. A person must look. */
export interface Alarm {
  kind: 'equivocation'; height: number;
  /** The one that was seen first and stays. */
  pinned: string;
  /** The others, sorted. */
  against: string[];
}

/** What a set of statements of one persona is worth to one verifier at one moment. */
export interface PersonaVerdict {
  /** What the key log says now. */
  state: KeyLogState;
  /** The statements that say so, from the inception on: a good linear key log. */
  chain: Signed[];
  /** A move that may still be reverted, and what waits for it. */
  pending: PendingMove | null;
  alarms: Alarm[];
  /** Everything else, by height and hash; what is no statement last. */
  losers: Loser[];
}

/** What is asked about a persona. Times in ms since 1970. */
export interface PersonaQuestion {
  persona: string;
  /** Anything, in any order, copies too. */
  statements: readonly unknown[];
  /** By statement hash: when this verifier first saw it with a good signature. Missing: now. */
  firstSeen: ReadonlyMap<string, number>;
  now: number;
}

/**
 * Verifies a set of statements: finds the one chain that counts, whatever else somebody puts beside it.
 * Pure: the same question has the same answer, in any order and with any copies. Code: no_inception. See spec/identity.md.
 */
export function verifyPersona(suite: Suite, of: PersonaQuestion): Result<PersonaVerdict> {
  const { persona, firstSeen, now } = of;
  const { root, refused } = growTree({ suite, persona, seen: (hash) => firstSeen.get(hash) ?? now }, of.statements);
  if (!root) return no('no_inception', 'Without the inception nothing can be said of a persona.', 'statements');
  const { chain, alarms, lost } = walk(root);
  const { effective, pending } = settle(chain, now);
  return yes({
    state: effective.state, chain: chain.slice(0, effective.state.height + 1).map((node) => node.signed), pending, alarms,
    losers: [...refused, ...lost].sort(byPlace),
  });
}

function walk(root: Node): { chain: Node[]; alarms: Alarm[]; lost: Loser[] } {
  const outs = gatherPutOut(root);
  const chain: Node[] = [root];
  const alarms: Alarm[] = [];
  const lost: Loser[] = [];
  for (let node = root; node.children.length > 0;) {
    const decision = decideFork(node, outs);
    for (const [loser, code] of decision.losers) lose(lost, loser, code);
    alarms.push(...alarmOf(decision));
    node = decision.winner;
    chain.push(node);
  }
  return { chain, alarms, lost };
}

function alarmOf({ winner, losers }: Decision): Alarm[] {
  const against = [...losers].filter(([, code]) => code === 'fork_equivocation').map(([node]) => node.hash).sort(byText);
  return against.length === 0 ? [] : [{ kind: 'equivocation', height: winner.state.height, pinned: winner.hash, against }];
}

function lose(lost: Loser[], top: Node, code: string): void {
  lost.push({ hash: top.hash, height: top.state.height, code });
  const branch = [top];
  for (const node of branch) {
    for (const child of node.children) {
      lost.push({ hash: child.hash, height: child.state.height, code: 'fork_branch' });
      branch.push(child);
    }
  }
}

// A hash stands among the losers once; what is no statement has neither height nor hash and goes last, by code.
const byPlace = (a: Loser, b: Loser): number =>
  (a.height ?? Infinity) - (b.height ?? Infinity) || byText(a.hash ?? a.code, b.hash ?? b.code);
