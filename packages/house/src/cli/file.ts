import { Refusal } from '@commonhold/core';

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder', ENOTDIR: 'there is no such folder', EACCES: 'you may not', EPERM: 'you may not', EISDIR: 'it is a folder',
  EEXIST: 'it is there already', ENOSPC: 'the disk is full', EDQUOT: 'the disk is full', EROFS: 'nothing can be changed there',
};

/** What the system says against a file that a command names, as `bad_file` with a sentence; any other error as it was. */
export function fileRefusal(path: string, what: 'read' | 'written', cause: unknown): unknown {
  const { code } = cause as NodeJS.ErrnoException;
  return code === undefined || cause instanceof Refusal ? cause : new Refusal('invalid', 'bad_file', `${path} cannot be ${what}: ${WHY[code] ?? code}.`, { cause });
}

/** Does something with such a file. Refuses `bad_file`. */
export function atFile<T>(path: string, what: 'read' | 'written', act: () => T): T {
  try { return act(); } catch (error) { throw fileRefusal(path, what, error); }
}
