/** How one language sets names that are not ours: between its quotation marks. */
export type Marks = readonly [open: string, close: string];

/** Every mark that could end a quotation early, so that what stands in one stays in it. */
const QUOTES = /["“”„‟«»‹›＂〝〞〟]/gu;

/** Somebody else's words, marked as theirs. */
export const quoted = (text: string, [open, close]: Marks): string => `${open}${text.replace(QUOTES, '’')}${close}`;

/** A contract may say the same names many thousand times: what is made of the last few is kept. */
function remembered<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let found = known.get(text);
    if (found === undefined) {
      if (known.size >= REMEMBERED) known.clear();
      known.set(text, found = make(text));
    }
    return found;
  };
}
const REMEMBERED = 4_096;

/** Letters and digits, with nothing between them that could end or turn a sentence. */
const NAME = /^[\p{L}\p{M}\p{N}]+(?:[ -][\p{L}\p{M}\p{N}]+)*$/u;

/** What could pass for a part of our own sentence: "nothing", "not yours", "only you", in the languages that have a glossary. */
const SPEAKS = /^(?:no|non|not|nobody|none|nothing|never|only|alone|anonymous|you|your|yours|without|except|and|or|but|for|to|kein|keine|keinen|nicht|nichts|nie|niemand|nur|allein|anonym|du|dein|deine|ohne|außer|und|oder|aber|für)$/iu;

/** How many words it has, if it is plainly a name; too many for any sentence, if not. */
const wordsOf = remembered((text) => {
  const words = text.split(/[ -]/);
  return NAME.test(text) && !words.some((word) => SPEAKS.test(word)) ? words.length : Infinity;
});

/** A name of somebody else's, bare where it is plainly a name of at most so many words, else marked as theirs. */
export const named = (text: string, words: number, marks: Marks): string => (wordsOf(text) <= words ? text : quoted(text, marks));

/** createdAt, created_at → created at. */
export const plain = remembered((name) => name.replace(/_/g, ' ').replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase());
