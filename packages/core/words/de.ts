import type { Verb } from '../contract/types.ts';
import { deChange, deTally } from './de-change.ts';
import { and, audiences, columns, keeps, MARKS, or, upper, whole } from './de-parts.ts';
import type { Circle, CollectionParts, Glossary, Party, RedLine, RuleParts } from './glossary.ts';
import { plain, quoted } from './names.ts';

const WHO: { readonly [party in Exclude<Party, 'linked' | 'mutual'>]: (service: string) => string } = {
  owner: () => 'Du kannst',
  service: (service) => `Die Leute hinter ${service} können`,
  member: (service) => `Alle, die ${service} beitreten, auch die Leute dahinter, können`,
  'signed-in': () => 'Alle, die einen Namen nachweisen, auch Fremde, können',
  anyone: () => 'Alle Welt kann',
  house: () => 'Die Leute deines Hauses können',
};

/** Relations that have words of their own; any other is quoted as the contract spells it. */
const RELATIONS: { readonly [relation: string]: string } = {
  follow: 'Leute, denen du folgst', follower: 'Leute, die dir folgen', close: 'Leute, die du nahe nennst',
};

const VERBS: { readonly [verb in Verb]: string } = {
  read: 'lesen', add: 'ergänzen', change: 'ändern', remove: 'entfernen', watch: 'verfolgen', count: 'zählen', search: 'durchsuchen',
};

function linked({ relations, party }: RuleParts): string {
  const names = relations.map((relation) => Object.hasOwn(RELATIONS, relation) ? RELATIONS[relation]! : `Leute, die du als ${quoted(plain(relation), MARKS)} verbunden hast`);
  return `${upper(or.format(names))},${party === 'mutual' ? ' wenn sie es bestätigt haben,' : ''}`;
}

const isLinked = ({ party }: RuleParts): boolean => party === 'linked' || party === 'mutual';
const who = (rule: RuleParts): string => isLinked(rule) ? `${linked(rule)} können` : WHO[rule.party as Exclude<Party, 'linked' | 'mutual'>](rule.service);

/** Whether the audience of each record decides, too. */
const meant = (rule: RuleParts): boolean => !rule.own && rule.party !== 'owner' && rule.collection.audiences.length > 1;

function ruleSentence(rule: RuleParts): string | null {
  const { collection, fields } = rule;
  if (rule.may.some((verb) => !Object.hasOwn(VERBS, verb))) return null;
  const acts = rule.may.filter((verb) => verb !== 'add').map((verb) => VERBS[verb]);
  const adds = rule.may.includes('add');
  const only = [
    ...(rule.own && acts.length > 0 ? ['nur, was sie selbst hinzugefügt haben'] : []), ...(fields === null ? [] : [`nur: ${columns(fields, collection)}`]),
    ...(acts.length > 0 && meant(rule) ? ['soweit für sie bestimmt'] : []),
  ];
  const reason = rule.because === null ? '' : ` Als Grund geben sie an: ${quoted(rule.because, MARKS)}`;
  const all = [...(adds ? ['ergänzen'] : []), ...acts];
  return `${who(rule)} ${whole(collection)} ${and.format(all)}${only.map((part) => `, ${part}`).join('')}.${reason}`;
}

const RED: { readonly [line in RedLine]: (service: string, things: string) => string } = {
  service: (service, things) => `Die Leute hinter ${service} erreichen ohne zu fragen: ${things}.`,
  'service-writes': (service, things) => `Die Leute hinter ${service} schreiben ohne zu fragen hinein: ${things}.`,
  member: (service, things) => `Wer ${service} beitritt, auch die Leute dahinter, erreicht: ${things}. Beitreten genügt.`,
  'non-members': (service, things) => `Auch wer ${service} nie beigetreten ist, erreicht, soweit dafür bestimmt: ${things}.`,
  'strangers-write': (_, things) => `Fremde können ohne zu fragen ergänzen: ${things}.`,
  'public-by-default': (_, things) => `Wenn du nichts anderes wählst, können alle lesen: ${things}.`,
  'your-people': (service, things) => `Wem du folgst und wen du nahe nennst, entscheidet hier, wer liest: ${things}. Das steht nicht bei ${service}, sondern unter deinen Leuten.`,
};

const CIRCLES: { readonly [circle in Circle]: string } = {
  'only-me': 'Nur du', makers: 'Die Leute dahinter', linked: 'Verbundene', house: 'Dein Haus', members: 'Beigetretene', 'signed-in': 'Alle mit Namen', everyone: 'Alle',
};

/** What one rule shows: "deine Einträge „dishes“, nur: Titel und Datum". */
function shown(rule: RuleParts): string {
  const { collection, may, fields } = rule;
  const reads = may.some((verb) => verb === 'read' || verb === 'watch' || verb === 'search');
  const what = whole(collection) + (rule.own ? ', nur selbst Hinzugefügtes' : !reads ? ', nur die Zahl' : fields === null ? '' : `, nur: ${columns(fields, collection)}`);
  return isLinked(rule) ? `${linked(rule).replace(/,$/, '')}: ${what}` : what;
}

function reads(rules: readonly RuleParts[], alone: readonly CollectionParts[]): string {
  const all = [...new Set([...alone.map(whole), ...rules.map(shown)])];
  if (all.length === 0) return 'Nichts.';
  return `${upper(all.join('; '))}.${rules.some(meant) ? ' Nur, was du für sie bestimmst.' : ''}`;
}

/** German. */
export const de: Glossary = {
  questions: {
    keeps: 'Was er aufbewahrt', readers: 'Wer es lesen kann', does: 'Was er tun kann, ohne zu fragen', leaving: 'Was geschieht, wenn du gehst',
  },
  service: (title, trusted) => trusted ? title : quoted(title, MARKS),
  keeps, audiences, reads,
  rule: ruleSentence,
  nothing: () => 'Nichts. Er handelt nur, wenn du es tust.',
  leaving: (service, builtIn) => [
    builtIn ? `${service} ist ein Teil deines Pods: Du verlässt ihn mit deinem Pod.` : 'Zuerst bekommst du eine Datei mit allem, was darin ist.',
    'Dann wird alles in deinem Pod gelöscht, was er aufbewahrt hat, auch das Frühere.',
    'Was andere schon haben, deine eigenen Dateien und alte Sicherungen erreicht das nicht.',
  ],
  redLine: (line, service, collections) => RED[line](service, and.format(collections.map(whole))),
  circle: (circle) => CIRCLES[circle],
  change: deChange,
  tally: deTally,
};
