/** A delivery that carries a name: an app's or a service's read, a stranger's write, any refusal. */
export interface Named { persona: string; caller: string; service: string; collection: string; verb: string; refused: boolean; rule: string }
/** A delivery that is only counted. */
export interface Counted { persona: string; who: 'housemates' | 'anyone'; service: string; collection: string; audience: string; verb: string }
/** A line of the log as its owner sees it; `first` and `last` in ms. `caller` null: housemates, who are only counted. */
export interface LogLine {
  day: number; caller: string | null; service: string; collection: string; audience: string | null;
  verb: string; refused: boolean; rule: string | null; n: number; first: number | null; last: number | null;
}

/** Whose name a line carries when a day has too many different ones. */
export const OTHERS = 'others';
/** The rule of a line that stands for several: its service, collection and verb are empty. */
export const MORE = 'more';

/** The line that stands for all that a day has no more room for. */
export const folded = (line: Named, by: string): Named => ({ ...line, caller: by, service: '', collection: '', verb: '', rule: MORE });
