/** What the doctor found of one thing; `todo` is said when it is not well. */
export interface Finding { what: string; state: 'well' | 'note' | 'ill'; says: string; todo?: string }

/** All is well here. */
export const well = (what: string, says: string): Finding => ({ what, state: 'well', says });
/** Works, but may surprise somebody. */
export const note = (what: string, says: string, todo: string): Finding => ({ what, state: 'note', says, todo });
/** Does not work, or will not for long. */
export const ill = (what: string, says: string, todo: string): Finding => ({ what, state: 'ill', says, todo });
