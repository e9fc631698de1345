import type { ReportLine } from '../doors/control/port.ts';
import { ACT, carryOut, withAct } from './care.ts';
import { FOLDER_HELP, type Command } from './command.ts';
import { settingsOf } from './settings.ts';
import { UsageError } from './usage-error.ts';
import { withHouse } from './with-house.ts';

const ACTS = ['none', 'hide', 'warn', 'suspend', 'unshelve'] as const;

/** `commonhold reports`: lists what members reported; with an id and an act, answers one. */
export const command: Command = {
  summary: 'lists what members reported, or answers a report',
  usage: '[ID none|hide|warn|suspend|unshelve] [--words TEXT] [--done]',
  help: ['--done        those that were answered', '--words TEXT  what you say to whom it concerns; of a service, to those who reported it', ...FOLDER_HELP],
  options: { ...ACT, done: { type: 'boolean' } }, words: 2,
  run: async (given) => {
    const [report, asked] = given.words;
    if (report !== undefined) {
      const act = ACTS.find((one) => one === asked);
      if (!act) throw new UsageError('Answer with none, hide, warn, suspend or unshelve.');
      const { words } = withAct(given);
      return carryOut(given, { do: 'answer', report, act, ...(words !== undefined && { words }) });
    }
    const lines = await withHouse(settingsOf(given), (house) => house.reports(given.values['done'] === true ? 'done' : 'open'));
    process.stdout.write(lines.length === 0 ? 'Nothing is reported.\n' : `${lines.map(linesOf).join('\n\n')}\n`);
    return 0;
  },
};

const linesOf = ({ report, about, reporter, reason, words, said, at, answer }: ReportLine): string => [
  `${report}  ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}  ${reporter} reported ${about} (${reason})${answer === null ? '' : `, answered: ${answer}`}`,
  ...(words === null ? [] : [`  "${oneLine(words)}"`]), ...(said === '' ? [] : [`  > ${oneLine(said)}`]),
].join('\n');

// Nothing that somebody wrote moves the cursor of whoever reads it in a terminal.
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
