import { Refusal, toBase64Url } from '@commonhold/core';
import type { Actions } from './actions.ts';
import type { Hidden } from './hidden.ts';
import type { Somebody } from '../../firewall/caller.ts';
import { subjectOf, type CareDeps, type ReportInput } from './ports.ts';

interface Deps extends Pick<CareDeps, 'db' | 'suite' | 'clock' | 'house' | 'people' | 'pods' | 'tell'> { actions: Actions; hidden: Hidden }

/** Reports of one person that may wait at once. */
const OPEN = 30;

/**
 * Takes a report: with all that the reporter can read of it now, signed by their device, checked like any that would come from elsewhere.
 * The same person about the same thing again, while that waits, is the same report. Refuses `post_unknown`, `person_unknown`,
 * `service_unknown`, `report_self`, `only_steward`, `too_many_reports`.
 */
export function makeReport({ db, suite, clock, house, people, pods, tell, actions, hidden }: Deps): (caller: Somebody, input: ReportInput) => Promise<{ report: string }> {
  const waiting = db.prepare<{ id: string }>('SELECT id FROM reports WHERE reporter = ? AND subject = ? AND key IS ? AND answered IS NULL');
  const open = db.prepare<{ n: number }>('SELECT count(*) AS n FROM reports WHERE reporter = ? AND answered IS NULL');
  const add = db.prepare('INSERT INTO reports (id, subject, key, reporter, reason, signed, at) VALUES (?, ?, ?, ?, ?, ?, ?)');
  return async (caller, { about, reason, words, alsoHide, withLog = false }) => {
    const { subject, key } = subjectOf(about);
    if (subject === caller.persona) throw new Refusal('invalid', 'report_self', 'This is your own.', { field: 'about' });
    // Before it is read: they may have asked not to be shown it any more.
    const before = waiting.get(caller.persona, subject, key);
    if (before) return { report: before.id };
    const content = await pods.contentOf(caller, about, withLog);
    const stewards = people.all().filter(({ role }) => role === 'steward');
    if (stewards.every((one) => one.persona === subject)) {
      throw new Refusal('conflict', 'only_steward', 'They are the only steward here, so there is nobody else to look at a report. You can block them, and you can leave with all that is yours.');
    }
    const said = words?.normalize('NFC').trim();
    const signed = pods.signReport(caller.persona, { house, about, reason, content, at: clock(), ...(said ? { words: said } : {}) });
    const report = pods.checkReport(signed);
    const id = db.transaction(() => {
      const had = waiting.get(caller.persona, subject, key);
      if (had) return had.id;
      if (open.get(caller.persona)!.n >= OPEN) throw new Refusal('conflict', 'too_many_reports', `${OPEN} of your reports wait for an answer. Talk to a steward.`);
      const fresh = toBase64Url(suite.random(16));
      add.run(fresh, subject, key, report.reporter, report.reason, JSON.stringify(signed), report.at);
      actions.add('report');
      return fresh;
    });
    if (alsoHide && key !== null) hidden.keepFrom(caller.persona, subject, key);
    for (const one of stewards) if (one.persona !== subject) tell({ type: 'reports', persona: one.persona });
    return { report: id };
  };
}
