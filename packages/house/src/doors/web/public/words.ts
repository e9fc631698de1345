const en = {
  login: 'Log in', look: 'Look around', more: 'Older posts', newest: 'Newest posts', pinned: 'Pinned', replies: 'Replies', posts: 'Posts', edited: 'edited', feeds: 'Follow by feed', empty: 'Nothing here yet.',
  gone: 'There is nothing here', goneText: 'It was taken away, or it is not for everyone. Whoever lives in this house can log in and look.', missing: 'A post is not here.', quoted: 'Quoted post',
  warned: 'Show what is behind this warning', picture: 'Picture', poll: 'Poll', votes: (share: number, votes: number) => `${share} %, ${votes} ${votes === 1 ? 'vote' : 'votes'}`,
  voters: (n: number) => `${n} ${n === 1 ? 'person has' : 'people have'} voted`, until: (when: string) => `until ${when}`, ended: (when: string) => `ended ${when}`,
  proved: 'proved to be theirs', skip: 'Skip to the content', by: (name: string) => `Post by ${name}`, answers: (name: string) => `answers ${name}`, people: 'People of this house', whole: 'Open the conversation',
  foot: 'What stands here is for everyone. It is shown without scripts, counts nobody, and is gone when its author takes it back.', warningOf: (text: string) => `Behind a warning: ${text}`, profile: 'Profile', part: (at: number, of: number) => `${at}/${of}`,
};

/** Words of the pages for everyone. */
export type Words = typeof en;

const de: Words = {
  login: 'Anmelden', look: 'Umsehen', more: 'Ältere Beiträge', newest: 'Neueste Beiträge', pinned: 'Angeheftet', replies: 'Antworten', posts: 'Beiträge', edited: 'bearbeitet', feeds: 'Als Feed verfolgen', empty: 'Noch nichts da.',
  gone: 'Hier ist nichts', goneText: 'Es wurde weggenommen oder ist nicht für alle. Wer in diesem Haus wohnt, kann sich anmelden und nachsehen.', missing: 'Ein Beitrag ist nicht da.', quoted: 'Zitierter Beitrag',
  warned: 'Zeigen, was hinter dieser Warnung steht', picture: 'Bild', poll: 'Umfrage', votes: (share, votes) => `${share} %, ${votes} ${votes === 1 ? 'Stimme' : 'Stimmen'}`,
  voters: (n) => `${n} ${n === 1 ? 'Person hat' : 'Personen haben'} abgestimmt`, until: (when) => `bis ${when}`, ended: (when) => `beendet ${when}`,
  proved: 'nachgewiesen', skip: 'Zum Inhalt', by: (name) => `Beitrag von ${name}`, answers: (name) => `antwortet ${name}`, people: 'Menschen in diesem Haus', whole: 'Unterhaltung öffnen',
  foot: 'Was hier steht, ist für alle. Es kommt ohne Skripte aus, zählt niemanden und ist weg, sobald es zurückgenommen wird.', warningOf: (text) => `Hinter einer Warnung: ${text}`, profile: 'Profil', part: (at, of) => `${at}/${of}`,
};

const LANGUAGES = { en, de } as const;

/** A language of these pages. */
export type Language = keyof typeof LANGUAGES;

/** The words of a language. */
export const wordsIn = (language: Language): Words => LANGUAGES[language];

/** The first language of an Accept-Language header, by weight, that these pages speak; English where it names none. */
export function languageOf(header: string | undefined): Language {
  const wanted = (header ?? '').slice(0, 200).split(',').map((one) => {
    const [tag = '', ...more] = one.trim().toLowerCase().split(';');
    const weight = Number(/q=([\d.]+)/.exec(more.join(';'))?.[1] ?? 1);
    return { tag: tag.split('-')[0]!, weight: Number.isFinite(weight) ? weight : 0 };
  });
  const best = wanted.filter(({ tag, weight }) => Object.hasOwn(LANGUAGES, tag) && weight > 0).sort((a, b) => b.weight - a.weight)[0];
  return (best?.tag ?? 'en') as Language;
}
