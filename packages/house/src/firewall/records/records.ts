import { readLine, Refusal, type EntryLine, type LaneLine } from '@commonhold/core';
import type { Pen } from '../../store/pod/draft.ts';
import { receive } from '../../store/receive/receive.ts';
import type { Received } from '../../store/receive/types.ts';
import { makeAccess, type AccessDeps } from '../access.ts';
import { personaOf, type Caller } from '../caller.ts';
import type { Home } from '../homes.ts';
import { checkMayWrite } from '../standing.ts';
import { refuseToken } from '../token.ts';
import { nothingHere } from '../verbs/see.ts';
import { choose, type Choice } from './repair.ts';
import { repairsOf, type Repairs } from './repairs.ts';
import { rulesOf } from './rules.ts';

/** What a person's other devices wrote, and what came of it. All of it is for the pod's own person alone. */
export interface Records {
  /** Takes in lines of lanes, as in an export. Refuses `not_found`, and what is wrong with them (field `lines[i]`); nothing is written then. */
  receive(caller: Caller, persona: string, lines: Uint8Array): Promise<Received>;
  /** What waits for a decision. */
  repairs(caller: Caller): Repairs;
  /** Decides one; how many are left. Refuses `repair_unknown`, `bad_choice`, and what a write refuses. */
  repair(caller: Caller, id: string, choice: Choice): Promise<{ left: number }>;
}

/** What the verbs are made of. */
export interface RecordsDeps extends AccessDeps { pen: Pen }

/** Lines that are read before others get their turn. */
const SLICE = 500;

/** The verbs, over the same parts as the gate. */
export function makeRecords(deps: RecordsDeps): Records {
  const access = makeAccess(deps);
  const homeOf = (caller: Caller, persona: string): Home => {
    const home = personaOf(caller) === persona ? deps.find(persona) : null;
    if (!home) throw nothingHere();
    return home;
  };
  return {
    receive: async (caller, persona, bytes) => {
      const home = homeOf(caller, persona);
      checkMayWrite(home.state, deps.house);
      deps.order.checkMayPublish(persona);
      const lines = await linesIn(bytes);
      for (const service of servicesOf(lines)) refuseToken(deps, caller, service, true);
      return receive(home.pod, persona, { pen: deps.pen, rules: rulesOf(home, deps.book) }, lines);
    },
    repairs: (caller) => repairsOf(homeOf(caller, personaOf(caller) ?? ''), deps.house),
    repair: async (caller, id, choice) => {
      const persona = personaOf(caller) ?? '';
      const { pod } = homeOf(caller, persona);
      return pod.write(() => {
        const home = homeOf(caller, persona);
        checkMayWrite(home.state, deps.house);
        choose({ home, pen: deps.pen, house: deps.house, open: (service) => access(caller, persona, service) }, id, choice);
        const { conflicts, parked, more } = repairsOf(home, deps.house);
        return { left: conflicts.length + parked.length + more };
      });
    },
  };
}

type Line = LaneLine | EntryLine;

async function linesIn(bytes: Uint8Array): Promise<Line[]> {
  const found: Line[] = [];
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(10, from);
    const line = readLine(bytes.subarray(from, end < 0 ? bytes.length : end + 1));
    if (!line.ok) throw new Refusal('invalid', line.code, line.message, { field: `lines[${found.length}]${line.at === undefined ? '' : `.${line.at}`}` });
    found.push(line.value);
    from = end + 1;
    if (found.length % SLICE === 0) await new Promise((resolve) => { setImmediate(resolve); });
  }
  return found;
}

// A lane that is known may come without its announcement: then its entries name the service in their envelopes.
function servicesOf(lines: readonly Line[]): Set<string> {
  const found = new Set<string>();
  for (const line of lines) {
    const text = line.type === 'lane' ? (line.signed['statement'] as { service?: unknown } | undefined)?.service : /"service":"([^"]*)"/.exec(line.envelope ?? '')?.[1];
    if (typeof text === 'string') found.add(text);
  }
  return found;
}
