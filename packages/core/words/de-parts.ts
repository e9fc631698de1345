import type { Audience } from '../contract/types.ts';
import type { CollectionParts } from './glossary.ts';
import { late } from './late.ts';
import { listing } from './lists.ts';
import { named, plain, quoted, type Marks } from './names.ts';

/** Lists: a, b und c. */
export const and = listing('und', false);
/** Choices: a, b oder c. */
export const or = listing('oder', false);
/** Numbers: 5.000. */
export const digits = late<number>(() => new Intl.NumberFormat('de'));
/** Quotation marks. */
export const MARKS: Marks = ['„', '“'];

/** What is built in: all of it with whose it is, then how one of it is called with "jeder, jede, jedes". Alike as subject and as object. */
const OURS: { readonly [place: string]: readonly [whole: string, each: string] } = {
  'microblog.posts': ['deine Beiträge', 'jeder Beitrag'],
  'microblog.post_versions': ['deine früheren Fassungen', 'jede frühere Fassung'],
  'microblog.replies': ['deine aufbewahrten Antworten von anderen', 'jede aufbewahrte Antwort'],
  'microblog.moves': ['deine Notizen über geänderte Lesende', 'jede Notiz'],
  'microblog.likes': ['deine „Gefällt mir“', 'jedes „Gefällt mir“'],
  'microblog.reactions': ['deine erhaltenen Reaktionen', 'jede erhaltene Reaktion'],
  'microblog.boosts': ['deine Weitergaben', 'jede Weitergabe'],
  'microblog.unquoted': ['deine Rücknahmen von Zitaten', 'jede Rücknahme eines Zitats'],
  'microblog.votes': ['deine Stimmen', 'jede Stimme'],
  'microblog.ballots': ['deine erhaltenen Stimmen', 'jede erhaltene Stimme'],
  'microblog.pins': ['deine Auswahl angehefteter Beiträge', 'jede Auswahl'],
  'microblog.bookmarks': ['deine Lesezeichen', 'jedes Lesezeichen'],
  'microblog.lists': ['deine Listen von Leuten', 'jede Liste von Leuten'],
  'microblog.filters': ['deine Wortfilter', 'jeder Wortfilter'],
  'microblog.mutes': ['deine stumm geschalteten Unterhaltungen', 'jede Unterhaltung'],
  'microblog.choices': ['deine Auswahl von Einstellungen', 'jede Auswahl'],
  'microblog.drafts': ['deine Entwürfe', 'jeder Entwurf'],
  'microblog.scheduled': ['deine Beiträge mit Termin', 'jeder Beitrag mit Termin'],
  'microblog.marks': ['deine Lesemarken', 'jede Lesemarke'],
  'people.profile': ['dein Profil', 'jedes Profil'],
  'people.links': ['deine Verbindungen zu Leuten', 'jede Verbindung'],
  'people.followers': ['deine Liste derer, die dir folgen', 'jeder Eintrag'],
  'people.asked': ['deine Anfragen, folgen zu dürfen', 'jede Anfrage'],
  'people.requests': ['deine erhaltenen Anfragen', 'jede erhaltene Anfrage'],
  'people.accepted': ['deine erhaltenen Zusagen', 'jede erhaltene Zusage'],
  'news.state': ['deine Lesemarken', 'jede Lesemarke'],
};

/** Fields that any contract may have. */
const FIELDS: { readonly [name: string]: string } = {
  title: 'Titel', name: 'Name', text: 'Text', date: 'Datum', note: 'Notiz', notes: 'Notizen', persona: 'Person', relation: 'Art der Verbindung', bio: 'Über dich', createdAt: 'Zeit der Entstehung',
  updatedAt: 'Zeit der Änderung', editedAt: 'Zeit der Änderung', lang: 'Sprache', images: 'Bilder', picture: 'Bild', photo: 'Foto', email: 'E-Mail', phone: 'Telefon', handle: 'Handle', interests: 'Interessen',
  place: 'Ort', time: 'Zeit', diet: 'Ernährung', people: 'Leute', post: 'Beitrag', posts: 'Beiträge', poll: 'Umfrage', audience: 'Lesende', until: 'Ende', by: 'Von wem', kind: 'Art', warning: 'Warnung',
};

const FOR: { readonly [audience in Audience]: string } = {
  'only-me': 'nur dich', close: 'Leute, die du nahe nennst', linked: 'Leute, mit denen du verbunden bist', house: 'die Leute deines Hauses',
  members: 'alle, die beigetreten sind', followers: 'alle, die dir folgen', everyone: 'alle',
};

const UNITS: { readonly [unit: string]: readonly [one: string, many: string] } = { D: ['Tag', 'Tage'], W: ['Woche', 'Wochen'], M: ['Monat', 'Monate'], Y: ['Jahr', 'Jahre'] };

const ours = ({ place }: CollectionParts) => place !== null && Object.hasOwn(OURS, place) ? OURS[place] : undefined;
const theirs = (of: CollectionParts): string => quoted(of.label?.many ?? plain(of.name), MARKS);
const alone = (of: CollectionParts): string => quoted(of.label?.one ?? plain(of.name), MARKS);

/** A field's name. */
export const field = (name: string, of: CollectionParts): string => Object.hasOwn(FIELDS, name) ? FIELDS[name]! : of.trusted ? quoted(plain(name), MARKS) : named(plain(name), 3, MARKS);
/** Fields, in a list. */
export const columns = (fields: readonly string[], of: CollectionParts): string => and.format(fields.map((one) => field(one, of)));
/** All of a collection: "deine Beiträge", "deine Angaben „profile“". */
export const whole = (of: CollectionParts): string => ours(of)?.[0] ?? (of.kind === 'single' ? `deine Angaben ${alone(of)}` : `deine Einträge ${theirs(of)}`);
/** One of it: "jeder Beitrag", "jeder Eintrag „dishes“". */
export const each = (of: CollectionParts): string => ours(of)?.[1] ?? `jeder Eintrag ${theirs(of)}`;
/** As a sentence begins. */
export const upper = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
/** A length of time: 2 Jahre. */
export const span = ({ count, unit }: { count: number; unit: string }): string => `${digits.format(count)} ${UNITS[unit]![count === 1 ? 0 : 1]}`;

/** What is kept, of what, how many, for how long. */
export function keeps(of: CollectionParts): string {
  const files = of.files.length === 0 ? '' : ` Dazu Bilder oder andere Dateien: ${columns(of.files, of)}.`;
  const holds = columns(of.fields, of) || 'noch nichts';
  const until = of.retention === null ? '' : `, ${span(of.retention)} lang`;
  const all = upper(whole(of));
  switch (of.kind) {
    case 'single': return `${all}${until}: ${holds}.${files}`;
    case 'cache': return `Kopien dessen, was andere haben, ${theirs(of)}${until}: ${holds}.${files}`;
    case 'local': return `Nur auf deinem eigenen Pod, ${whole(of)}${until}: ${holds}.${files}`;
    case 'links': case 'list': return `${all}, höchstens ${digits.format(of.count)}${until}. Darin: ${holds}.${files}`;
  }
}

/** Whom records may be for. */
export function audiences(of: CollectionParts): string {
  const { audiences: names, defaultAudience } = of;
  if (names.length === 1) return `${upper(whole(of))}: nur für ${FOR[names[0]!].replace(/^nur /, '')}.`;
  const choices = or.format(names.map((name) => FOR[name] + (name === defaultAudience ? ' (wenn du nichts anderes wählst)' : '')));
  return `${upper(of.kind === 'single' ? whole(of) : each(of))}: für wen, bestimmst du – für ${choices}. Sonst liest es niemand.`;
}
