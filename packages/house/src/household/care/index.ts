import type { InviteInput, InviteLine } from '../invite.ts';
import { makeActions } from './actions.ts';
import { makeDepart } from './depart.ts';
import { makeHidden } from './hidden.ts';
import { makeNotices } from './notices.ts';
import type { CareDeps } from './ports.ts';
import { makeReport } from './report.ts';
import { makeReports } from './reports.ts';
import { makeSetRole } from './role.ts';
import { makeStandings } from './standing.ts';
import { makeTree } from './tree.ts';
import { makeWaiting } from './waiting.ts';

/** What stewards do for a house, and what everybody may ask of them. Nothing of it writes into a pod. */
export function makeCare(deps: CareDeps & { full(): boolean; makeInvite(persona: string, input: InviteInput): InviteLine }) {
  const actions = makeActions(deps);
  const notices = makeNotices(deps);
  const hidden = makeHidden({ ...deps, actions, notices });
  const standings = makeStandings({ ...deps, actions, notices });
  const reports = makeReports({ ...deps, actions, hidden, notices, standings });
  return {
    actions: actions.months, notices, hidden, standings, reports,
    report: makeReport({ ...deps, actions, hidden }),
    setRole: makeSetRole({ ...deps, actions, notices, standings }),
    tree: makeTree({ ...deps, standings }),
    waiting: makeWaiting(deps),
    /** To be called every minute. */
    depart: makeDepart({ ...deps, due: standings.due }),
  };
}
