/** How one language sets names that are not ours: between its quotation marks. */
export type Marks = readonly [open: string, close: string];

/** Every mark that could end a quotation early, so that what stands in one stays in it. */
const QUOTES = /["“”„‟«»‹›＂〝〞〟]/gu;

/** Somebody else's words, marked as theirs. */
export const quoted = (text: string, [open, close]: Marks): string => `${open}${text.replace(QUOTES, '’')}${close}`;

/** At most so many words of letters and digits, with nothing between them that could end or turn a sentence. */
const short = (text: string, words: number): boolean => new RegExp(`^[\\p{L}\\p{M}\\p{N}]+(?:[ -][\\p{L}\\p{M}\\p{N}]+){0,${words - 1}}$`, 'u').test(text);

/** What could pass for a part of our own sentence: "nothing", "not yours", "only you", in the languages that have a glossary. */
const SPEAKS = /^(?:no|non|not|nobody|none|nothing|never|only|alone|anonymous|you|your|yours|without|except|and|or|but|for|to|kein|keine|keinen|nicht|nichts|nie|niemand|nur|allein|anonym|du|dein|deine|ohne|außer|und|oder|aber|für)$/iu;
const speaks = (text: string): boolean => text.split(/[ -]/).some((word) => SPEAKS.test(word));

/** A name of somebody else's, bare where it is plainly a name, else marked as theirs. */
export const named = (text: string, words: number, marks: Marks): string => short(text, words) && !speaks(text) ? text : quoted(text, marks);

/** createdAt, created_at → created at. */
export const plain = (name: string): string => name.replace(/_/g, ' ').replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
