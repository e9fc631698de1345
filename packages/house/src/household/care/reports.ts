import { Refusal, type Report, type Signed } from '@commonhold/core';
import type { Actions } from './actions.ts';
import type { Hidden } from './hidden.ts';
import type { Notices } from './notices.ts';
import type { CareDeps } from './ports.ts';
import type { Standings } from './standing.ts';

/** What a steward does about a report; `unshelve`: recommends a service no more. */
export type Answer = 'none' | 'hide' | 'warn' | 'suspend' | 'unshelve';

/** A report as stewards see it; `others`: how many more there are about the same. Times in ms. */
export interface ReportLine {
  id: string; statement: Report; at: number; others: number;
  /** The post is hidden now. */
  hidden: boolean;
  /** The service is recommended now. */
  shelved: boolean;
  answer: { act: Answer; words: string | null; by: string | null; at: number } | null;
}

/** Reports as stewards work through them; nobody sees those about themselves. */
export interface Reports {
  list(steward: string | null, state: 'open' | 'done'): ReportLine[];
  /** How many wait for this steward. */
  count(steward: string): number;
  /** Answers one, and every other that waits about the same. Refuses `report_unknown`, `report_answered`, `not_a_post`, `not_a_person`, `not_a_service`, and what the act refuses. */
  answer(steward: string | null, id: string, how: { act: Answer; words?: string; days?: number }): void;
  /** Forgets what was answered 90 days ago. */
  sweep(): void;
}

interface Deps extends Pick<CareDeps, 'db' | 'clock' | 'tell' | 'people' | 'shelf'> { actions: Actions; hidden: Hidden; notices: Notices; standings: Standings }
interface Row { id: string; subject: string; key: string | null; reporter: string; signed: string; at: number; act: Answer | null; said: string | null; by: string | null; answered: number | null; others: number }

const DAY = 86_400_000;
const KEPT = 90 * DAY;
const WEEK = 7;
const MOST = 200;
const FIELDS = `id, subject, key, reporter, signed, at, act, said, by, answered,
  (SELECT count(*) - 1 FROM reports o WHERE o.subject = r.subject AND o.key IS r.key AND (o.answered IS NULL) = (r.answered IS NULL)) AS others`;

/** Over house.db. */
export function makeReports({ db, clock, tell, people, shelf, actions, hidden, notices, standings }: Deps): Reports {
  const open = db.prepare<Row>(`SELECT ${FIELDS} FROM reports r WHERE answered IS NULL ORDER BY at, id LIMIT ${MOST}`);
  const done = db.prepare<Row>(`SELECT ${FIELDS} FROM reports r WHERE answered IS NOT NULL ORDER BY answered DESC, id LIMIT ${MOST}`);
  const find = db.prepare<Row>(`SELECT ${FIELDS} FROM reports r WHERE id = ?`);
  const same = db.prepare<{ id: string; reporter: string }>('SELECT id, reporter FROM reports WHERE subject = ? AND key IS ? AND answered IS NULL');
  const close = db.prepare('UPDATE reports SET act = ?, said = ?, by = ?, answered = ? WHERE id = ?');
  const forget = db.prepare('DELETE FROM reports WHERE answered < ?');
  const lineOf = ({ id, subject, key, signed, at, act, said, by, answered, others }: Row): ReportLine => ({
    id, statement: (JSON.parse(signed) as Signed<Report>).statement, at, others,
    hidden: key !== null && hidden.shown(subject, subject, key) === 'marked', shelved: shelf.all().some(({ service }) => service === subject),
    answer: act === null ? null : { act, words: said, by, at: answered! },
  });
  const mine = (steward: string | null) => ({ subject }: Row): boolean => subject !== steward;
  const carryOut = (by: string | null, { subject, key }: Row, { act, words, days = WEEK }: { act: Answer; words?: string; days?: number }): void => {
    if (act === 'hide') hidden.hide(by, subject, key!, words);
    else if (act === 'suspend') standings.suspend(by, subject, clock() + days * DAY, words);
    else {
      db.transaction(() => {
        actions.add(act);
        if (act === 'unshelve') shelf.drop(subject);
        if (act === 'warn' && people.of(subject)) notices.add(subject, 'warned', { by, ...(key !== null && { about: key }), ...(words !== undefined && { words }) });
      });
    }
  };
  return {
    list: (steward, state) => (state === 'open' ? open : done).all().filter(mine(steward)).map(lineOf),
    count: (steward) => open.all().filter(mine(steward)).length,
    answer: (steward, id, how) => {
      const row = find.get(id);
      if (!row || !mine(steward)(row)) throw new Refusal('not_found', 'report_unknown', 'There is no such report.');
      if (row.answered !== null) throw new Refusal('conflict', 'report_answered', 'This report was answered already.');
      const isService = checkFits(row, how.act);
      const words = how.words?.normalize('NFC').trim();
      const said = { ...how, ...(words ? { words } : {}) };
      if (!words) delete said.words;
      // First what is done, then that it was answered: cut off in between, it waits to be answered still.
      carryOut(steward, row, said);
      db.transaction(() => {
        for (const one of same.all(row.subject, row.key)) {
          close.run(how.act, words || null, steward, clock(), one.id);
          // Nobody else is there to hear what is said about a service.
          if (people.of(one.reporter)) notices.add(one.reporter, isService ? 'answered-service' : 'answered', { by: steward, about: how.act, ...(isService && words && { words }) });
        }
      });
      for (const one of people.all()) if (one.role === 'steward' && one.persona !== row.subject) tell({ type: 'reports', persona: one.persona });
    },
    sweep: () => { forget.run(clock() - KEPT); },
  };
}

/** Whether a report is about a service. Refuses an act that does not go with what it is about. */
function checkFits({ signed, key }: Row, act: Answer): boolean {
  const isService = 'service' in (JSON.parse(signed) as Signed<Report>).statement.about;
  if (act === 'hide' && key === null) throw new Refusal('conflict', 'not_a_post', 'Only a post can be hidden. This report is about something else.');
  if (isService && (act === 'warn' || act === 'suspend')) throw new Refusal('conflict', 'not_a_person', 'This report is about a service. Only a person can be warned or suspended.');
  if (!isService && act === 'unshelve') throw new Refusal('conflict', 'not_a_service', 'This report is not about a service.');
  return isService;
}
