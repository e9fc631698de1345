/* What the browser writes numbers and times with is dear to make (a page of posts took half its time for it) and cheap to use: each is made once. */
const once = <O extends object, F>(make: (locale: string, options: O) => F) => {
  const made = new Map<string, F>();
  return (locale: string, options: O): F => {
    const name = `${locale} ${JSON.stringify(options)}`;
    const had = made.get(name);
    if (had) return had;
    const fresh = make(locale, options);
    made.set(name, fresh);
    return fresh;
  };
};

/** Writes dates and times. */
export const dates = once((locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options));
/** Writes numbers. */
export const numbers = once((locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options));
/** Writes how far a time is away. */
export const distances = once((locale, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(locale, options));
/** Tells which form of a word a number takes. */
export const plurals = once((locale, options: Intl.PluralRulesOptions) => new Intl.PluralRules(locale, options));
