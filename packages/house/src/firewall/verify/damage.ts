/** One thing that is wrong, and where. What a record says is in none of these fields. */
export interface Damage {
  /** Path below the data folder, with slashes. */
  file: string;
  /** The handle, or else the persona, if it is known whose file this is. */
  who: string | null;
  /** The thing within the file: `lane ID (service.collection)`, `statement 2`, … */
  thing?: string;
  /** The number of the record in its lane. */
  seq?: number;
  /** snake_case and stable; the codes of core where core checked. */
  code: string;
  /** The same in a sentence. */
  says: string;
}

/** Hears of each damage as it is found. */
export type Tell = (damage: Damage) => void;

/** What is told within one thing of one file. */
export type TellHere = (code: string, says: string, seq?: number) => void;

/** What a check of core said no to, without what core quotes of the input. */
export const plain = ({ code, message }: { code: string; message: string }): [code: string, says: string] =>
  [code, code === 'unknown_field' ? 'There is a field that does not belong there.' : message];

/** True for an error that SQLite threw over a file. */
export const isSqliteError = (error: unknown): boolean => error instanceof Error && 'errcode' in error;
