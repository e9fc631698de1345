import { quoted } from './names.ts';
import type { Access, AccessGlossary } from './glossary.ts';
import { late } from './late.ts';

/** Records of a collection: one, many, which article one of them has; `single`: there is only one, and so it is called with whose it is. */
interface Things { one: string; many: string; a?: 'einen' | 'eine' | 'eines'; single?: string }

const THINGS: { readonly [place: string]: Things } = {
  'microblog.posts': { one: 'Beitrag', many: 'Beiträge', a: 'einen' },
  'microblog.post_versions': { one: 'Fassung von früher', many: 'Fassungen von früher', a: 'eine' },
  'microblog.replies': { one: 'Antwort von anderen', many: 'Antworten von anderen', a: 'eine' },
  'microblog.moves': { one: 'Notiz über geänderte Lesende', many: 'Notizen über geänderte Lesende', a: 'eine' },
  'microblog.likes': { one: '„Gefällt mir“', many: '„Gefällt mir“', a: 'eines' },
  'microblog.reactions': { one: 'Reaktion auf dich', many: 'Reaktionen auf dich', a: 'eine' },
  'microblog.boosts': { one: 'Weitergabe', many: 'Weitergaben', a: 'eine' },
  'microblog.unquoted': { one: 'Rücknahme eines Zitats', many: 'Rücknahmen von Zitaten', a: 'eine' },
  'microblog.votes': { one: 'Stimme', many: 'Stimmen', a: 'eine' },
  'microblog.ballots': { one: 'Stimme von anderen', many: 'Stimmen von anderen', a: 'eine' },
  'microblog.pins': { one: 'Auswahl angehefteter Beiträge', many: 'Auswahl angehefteter Beiträge', single: 'deine Auswahl angehefteter Beiträge' },
  'microblog.bookmarks': { one: 'Lesezeichen', many: 'Lesezeichen', a: 'eines' },
  'microblog.lists': { one: 'Liste von Leuten', many: 'Listen von Leuten', a: 'eine' },
  'microblog.filters': { one: 'Wortfilter', many: 'Wortfilter', a: 'einen' },
  'microblog.mutes': { one: 'stumm geschaltete Unterhaltung', many: 'stumm geschalteten Unterhaltungen', a: 'eine' },
  'microblog.choices': { one: 'Entscheidungen zu Beiträgen', many: 'Entscheidungen zu Beiträgen', single: 'deine Entscheidungen zu Beiträgen' },
  'microblog.drafts': { one: 'Entwurf', many: 'Entwürfe', a: 'einen' },
  'microblog.scheduled': { one: 'Beitrag mit Termin', many: 'Beiträge mit Termin', a: 'einen' },
  'microblog.marks': { one: 'Lesestand', many: 'Lesestand', single: 'deinen Lesestand' },
  'people.profile': { one: 'Profil', many: 'Profil', single: 'dein Profil' },
  'people.links': { one: 'Verbindung zu Leuten', many: 'Verbindungen zu Leuten', a: 'eine' },
  'people.followers': { one: 'Eintrag, wer dir folgt', many: 'Einträge, wer dir folgt', a: 'einen' },
  'people.asked': { one: 'Anfrage, folgen zu dürfen', many: 'Anfragen, folgen zu dürfen', a: 'eine' },
  'people.requests': { one: 'Anfrage von anderen', many: 'Anfragen von anderen', a: 'eine' },
  'people.accepted': { one: 'Antwort auf eine Anfrage', many: 'Antworten auf Anfragen', a: 'eine' },
  'news.state': { one: 'Lesestand', many: 'Lesestand', single: 'deinen Lesestand' },
};

/** What others do in a pod that has a verb of its own: done once, done often, tried. */
const ACTS: { readonly [act: string]: readonly [once: string, often: string, tried: string] } = {
  'microblog.replies.add': ['hat auf einen Beitrag von dir geantwortet', 'hat {n}-mal auf Beiträge von dir geantwortet', 'auf einen Beitrag von dir antworten'],
  'microblog.replies.remove': ['hat eine Antwort zurückgenommen', 'hat {n} Antworten zurückgenommen', 'eine Antwort zurücknehmen'],
  'microblog.moves.add': ['hat dir gesagt, dass einen Beitrag jetzt andere lesen', 'hat dir von {n} Beiträgen gesagt, dass sie jetzt andere lesen', 'dir etwas über einen Beitrag sagen'],
  'microblog.moves.remove': ['hat eine Notiz über einen Beitrag zurückgenommen', 'hat {n} Notizen über Beiträge zurückgenommen', 'eine Notiz über einen Beitrag zurücknehmen'],
  'microblog.reactions.add': ['hat auf einen Beitrag von dir reagiert', 'hat {n}-mal auf Beiträge von dir reagiert', 'auf einen Beitrag von dir reagieren'],
  'microblog.reactions.remove': ['hat eine Reaktion zurückgenommen', 'hat {n} Reaktionen zurückgenommen', 'eine Reaktion zurücknehmen'],
  'microblog.ballots.add': ['hat in einer Umfrage von dir abgestimmt', 'hat {n}-mal in Umfragen von dir abgestimmt', 'in einer Umfrage von dir abstimmen'],
  'microblog.ballots.remove': ['hat eine Stimme zurückgenommen', 'hat {n} Stimmen zurückgenommen', 'eine Stimme zurücknehmen'],
  'people.followers.add': ['folgt dir jetzt', 'hat {n}-mal begonnen, dir zu folgen', 'dir folgen'],
  'people.followers.remove': ['folgt dir nicht mehr', 'hat {n}-mal aufgehört, dir zu folgen', 'dir nicht mehr folgen'],
  'people.requests.add': ['hat gefragt, dir folgen zu dürfen', 'hat {n}-mal gefragt, dir folgen zu dürfen', 'um Folgen anfragen'],
  'people.requests.remove': ['hat die Anfrage zurückgenommen, dir zu folgen', 'hat {n} Anfragen zurückgenommen, dir zu folgen', 'eine Anfrage zurücknehmen'],
  'people.accepted.add': ['lässt dich folgen', 'hat dich {n}-mal folgen lassen', 'dich folgen lassen'],
  'people.accepted.remove': ['lässt dich nicht mehr folgen', 'hat ein Ja {n}-mal zurückgenommen', 'ein Ja zurücknehmen'],
  'house.session.add': ['hat sich als du angemeldet', 'hat sich {n}-mal als du angemeldet', 'sich als du anmelden'],
  'house.invite.add': ['hat eine Einladung benutzt', 'hat {n}-mal Einladungen benutzt', 'eine Einladung dieses Hauses erraten'],
  'house.hidden.change': ['hat einen Beitrag von dir in diesem Haus verborgen', 'hat {n} Beiträge von dir in diesem Haus verborgen', 'einen Beitrag von dir verbergen'],
  'house.shown.change': ['zeigt einen verborgenen Beitrag von dir wieder', 'zeigt {n} verborgene Beiträge von dir wieder', 'einen Beitrag von dir wieder zeigen'],
  'house.suspended.change': ['hat dich eine Zeit lang gesperrt', 'hat dich {n}-mal gesperrt', 'dich sperren'],
  'house.lifted.change': ['lässt dich wieder schreiben', 'hat dich {n}-mal wieder schreiben lassen', 'dich wieder schreiben lassen'],
  'house.expelled.change': ['hat dich gebeten, dieses Haus zu verlassen', 'hat dich {n}-mal gebeten, dieses Haus zu verlassen', 'dich bitten, dieses Haus zu verlassen'],
  'house.restored.change': ['hat deinen Pod aus einer Sicherung zurückgeholt', 'hat deinen Pod {n}-mal aus einer Sicherung zurückgeholt', 'deinen Pod zurückholen'],
  'house.let-in.change': ['hat dir einen Weg hinein gemacht', 'hat dir {n}-mal einen Weg hinein gemacht', 'dir einen Weg hinein machen'],
  'house.house.add': ['hat dieses Haus eröffnet', 'hat dieses Haus {n}-mal eröffnet', 'den Code erraten, der dieses Haus gründet'],
};

const own = <V>(of: { readonly [name: string]: V }, name: string): V | undefined => Object.hasOwn(of, name) ? of[name] : undefined;
const digits = late<number>(() => new Intl.NumberFormat('de'));

/* What has no words of ours is called as its contract calls it, and stands between quotation marks. */
function thingsOf({ service, collection, label }: Pick<Access, 'service' | 'collection' | 'label'>): Things {
  const found = own(THINGS, `${service}.${collection}`);
  if (found) return found;
  const name = collection.replace(/_/g, ' ').replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase() || 'Daten';
  return label ? { one: label.one, many: `Einträge „${label.many}“`, a: 'einen' } : { one: name, many: `Einträge „${name}“`, a: 'einen' };
}

/** "3 deiner Beiträge", "einen deiner Beiträge", "dein Profil". */
function some({ single, many, a = 'einen' }: Things, n: number): string {
  if (single) return single;
  return n === 1 ? `${a} deiner ${many}` : `${digits.format(n)} deiner ${many}`;
}

/** All of them: "deine Beiträge", "dein Profil". */
const all = ({ single, many }: Things): string => single ?? `deine ${many}`;
const again = (n: number): string => n === 1 ? '' : `, ${digits.format(n)}-mal`;
const times = (things: Things, n: number): string => things.single ? again(n) : '';

/** What was done, by verb. */
const DONE: { readonly [verb: string]: (things: Things, n: number) => string } = {
  read: (things, n) => `hat ${some(things, n)} gelesen${times(things, n)}`,
  watch: (things, n) => `hat ${some(things, n)} bekommen, sobald es Neues gab${times(things, n)}`,
  count: (things, n) => `hat ${all(things)} gezählt${again(n)}`,
  search: (things, n) => `hat ${all(things)} durchsucht${again(n)}`,
  add: (things, n) => things.single ? `hat ${things.single} geschrieben` : n === 1 ? `hat etwas hinzugefügt: ${things.one}` : `hat ${digits.format(n)}-mal etwas hinzugefügt: ${things.one}`,
  change: (things, n) => `hat ${some(things, n)} geändert${times(things, n)}`,
  remove: (things, n) => `hat ${some(things, n)} entfernt${times(things, n)}`,
};

const TRIED: { readonly [verb: string]: string } = { read: 'lesen', watch: 'verfolgen', count: 'zählen', search: 'durchsuchen', add: 'ergänzen', change: 'ändern', remove: 'entfernen' };

function what(access: Access): string {
  const { service, collection, verb, n, refused } = access;
  if (access.rule === 'more') return `hat noch mehr getan, von vielerlei Art: ${digits.format(n)} ${n === 1 ? 'Sache' : 'Sachen'}`;
  const act = own(ACTS, `${service}.${collection}.${verb}`);
  // One's own scripts do nothing to oneself: what they write is written as their person.
  if (act && access.who !== 'app') return refused ? act[2] : n === 1 ? act[0] : act[1].replace('{n}', digits.format(n));
  const things = thingsOf(access);
  if (refused) return `${all(things)} ${own(TRIED, verb) ?? 'benutzen'}`;
  return own(DONE, verb)?.(things, n) ?? `hat ${all(things)} benutzt${again(n)}`;
}

const MAY: { readonly [audience: string]: string } = {
  'only-me': 'Das darfst nur du lesen.', close: 'Das dürfen Leute lesen, die du nahe nennst.', linked: 'Das dürfen Leute lesen, mit denen du verbunden bist.',
  followers: 'Das darf lesen, wer dir folgt.', house: 'Das darf dein Haus lesen.', members: 'Das dürfen alle lesen, die beigetreten sind.', everyone: 'Das dürfen alle lesen.',
};

/** Why not, and that nothing came of it. */
const NOT: { readonly [rule: string]: string } = {
  blocked: 'Du hast sie blockiert. Nichts wurde gegeben.',
  paused: 'Du hast das angehalten. Nichts wurde gegeben.',
  unknown_collection: 'So etwas gibt es hier nicht. Nichts wurde gegeben.',
  no_rule: 'Keine Regel lässt sie. Nichts wurde gegeben.',
  narrowed: 'Du hast das enger gefasst. Nichts wurde gegeben.',
  no_audience: 'Es war nicht für sie bestimmt. Nichts wurde gegeben.',
  no_field: 'Sie fragten nach einem Teil, der nicht für sie ist. Nichts wurde gegeben.',
  no_offer: 'Das darf niemand schreiben außer dir. Nichts wurde geändert.',
  wrong_offer: 'Es war nicht unterschrieben, wie es sein muss. Nichts wurde geändert.',
  wrong_key: 'Sie fragten im Namen eines Dienstes ohne seinen Schlüssel. Nichts wurde gegeben.',
  not_granted: 'Das hast du dieser App nicht erlaubt. Nichts wurde gegeben.',
  app_origin_gone: 'Der Dienst nennt diese App nicht mehr. Nichts wurde gegeben.',
  service_paused: 'Du hast diesen Dienst angehalten. Nichts wurde gegeben.',
  token_services: 'Das Token ist dafür nicht da. Nichts wurde gegeben.',
  token_read_only: 'Das Token darf nur lesen. Nichts wurde geändert.',
  token_not_here: 'Diese Tür öffnet kein Token. Nichts wurde gegeben.',
  wrong_passphrase: 'Die Passphrase war falsch. Niemand kam herein.',
  wrong_passkey: 'Der Passkey war falsch. Niemand kam herein.',
  wrong_recovery: 'Die Wiederherstellungswörter waren falsch. Niemand kam herein.',
  recovery_unknown: 'Die Wiederherstellungswörter waren falsch. Niemand kam herein.',
  way_unknown: 'Einen solchen Weg hinein gibt es nicht. Niemand kam herein.',
  wrong_invite: 'Eine solche Einladung gibt es nicht. Niemand kam herein.',
  wrong_code: 'Der Code war falsch. Niemand kam herein.',
};

/** Why others may write into a pod at all. */
const WRITES: { readonly [place: string]: string } = {
  'microblog.replies': 'Wer einen Beitrag lesen darf, darf antworten; du bewahrst die Antwort daneben auf.',
  'microblog.moves': 'Damit Antworten ihrem Beitrag folgen.',
  'microblog.reactions': 'Wer einen Beitrag lesen darf, dem darf er gefallen.',
  'people.followers': 'Dir zu folgen brauchte damals kein Ja.',
  'people.requests': 'Dir zu folgen braucht dein Ja.',
  'people.accepted': 'Du hattest gefragt.',
  'house.hidden': 'Die Hausverwaltung darf einen Beitrag im Haus verbergen. Dein Pod behält ihn, wie er war.',
  'house.shown': 'Die Hausverwaltung entscheidet, was das Haus zeigt. Dein Pod wurde nicht geändert.',
  'house.suspended': 'Die Hausverwaltung darf das. Dein Pod wurde nicht geändert.',
  'house.lifted': 'Die Hausverwaltung darf das. Dein Pod wurde nicht geändert.',
  'house.restored': 'Du hast Ja gesagt, oder er ließ sich nicht mehr lesen.',
  'house.let-in': 'Die Hausverwaltung darf das. Wer den Weg hinein hat, kann sich einmal als du anmelden.',
  'house.expelled': 'Die Hausverwaltung darf das. Alles, was dein ist, geht mit dir.',
};

/** On what ground a service, or somebody in one that is not built in, was given something. */
function contracted({ who, service, because }: Access): string | null {
  if (who === 'service') return because ? `Sein Vertrag lässt ihn: ${quoted(because, ['„', '“'])}` : 'Sein Vertrag lässt ihn.';
  return service.length === 43 ? 'Der Vertrag dieses Dienstes lässt sie.' : null;
}

function why(access: Access): string {
  const { service, collection, refused, rule, audience, who } = access;
  if (rule === 'more') return 'Mehr, als ein Tag Zeilen hat.';
  if (refused) return own(NOT, rule ?? '') ?? 'Die Regeln lassen es nicht zu. Nichts wurde gegeben.';
  if (audience !== null) return own(MAY, audience) ?? 'Es war für sie bestimmt.';
  return who === 'app' ? service.length === 43 ? 'Du hast diese App eingelassen.' : 'Mit einem Token, das du gemacht hast.' : own(WRITES, `${service}.${collection}`) ?? contracted(access) ?? 'Das darf jeder Mensch mit Namen.';
}

/** Deutsch. */
export const accessDe: AccessGlossary = { things: thingsOf, what, why };
