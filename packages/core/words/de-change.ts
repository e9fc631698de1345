import { and, audiences, columns, digits, each, field, keeps, MARKS, span, upper, whole } from './de-parts.ts';
import type { ChangeParts, CollectionParts, Tally } from './glossary.ts';
import { plain, quoted } from './names.ts';

const KINDS: { readonly [kind in CollectionParts['kind']]: (of: CollectionParts) => string } = {
  single: (of) => `${upper(whole(of))}: davon gibt es genau eine, von dir unterschrieben.`,
  list: (of) => `${upper(whole(of))}: davon gibt es viele, von dir unterschrieben.`,
  links: (of) => `${upper(whole(of))}: sie sagen, wie du mit Leuten verbunden bist.`,
  cache: (of) => `${upper(whole(of))}: Kopien dessen, was andere haben, eine Zeit lang.`,
  local: (of) => `${upper(whole(of))}: nur auf deinem eigenen Pod, ohne Unterschrift.`,
};

type About = { readonly [kind in ChangeParts['kind']]: (parts: ChangeParts, of: CollectionParts) => string };
const text = (said: ChangeParts['said']): string | null => typeof said === 'string' ? said : null;
const texts = (said: ChangeParts['said']): readonly string[] => Array.isArray(said) ? said : [];
const theirs = (texts: readonly string[]): string => and.format(texts.map((one) => quoted(one, MARKS)));

const ABOUT: About = {
  title: ({ said }) => `Er heißt ${quoted(text(said)!, MARKS)}.`,
  publisher: ({ said }) => `Dahinter steht ${quoted(text(said)!, MARKS)}.`,
  purpose: ({ said }) => `Als Zweck geben sie an: ${quoted(text(said)!, MARKS)}`,
  key: ({ said }) => said === null ? 'Er hat keinen Schlüssel und ruft niemanden.' : `Sein Schlüssel ist ${text(said)}.`,
  website: ({ said }) => said === null ? 'Er nennt keine Website.' : `Seine Website ist ${text(said)}.`,
  support: ({ said }) => said === null ? 'Er nennt niemanden, der hilft.' : `Hilfe gibt es unter ${text(said)}.`,
  endpoint: ({ said }) => said === null ? 'Er nennt keine eigene Adresse.' : `Er ist erreichbar unter ${text(said)}.`,
  origins: ({ said }) => texts(said).length === 0 ? 'Er hat keine Apps im Browser.' : `Seine Apps liegen unter ${and.format(texts(said))}.`,
  bundle: ({ name, said }) => `Apps mit dem Bündel ${quoted(plain(name!), MARKS)} erreichen ${texts(said).length === 0 ? 'nichts' : theirs(texts(said).map(plain))}.`,
  collection: (_, of) => keeps(of),
  kind: (_, of) => KINDS[of.kind](of),
  label: (_, of) => of.label ? `Eines davon nennen sie ${quoted(of.label.one, MARKS)}, mehrere ${quoted(of.label.many, MARKS)}.` : `${upper(whole(of))}: ohne eigenen Namen.`,
  cluster: (_, of) => of.cluster === null ? `${upper(whole(of))}: ohne Überschrift.` : `${upper(whole(of))}: unter der Überschrift ${quoted(of.cluster, MARKS)}.`,
  audiences: (_, of) => audiences(of),
  count: (_, of) => `${upper(whole(of))}: höchstens ${digits.format(of.count)}.`,
  itemBytes: (_, of) => `${upper(each(of))}: höchstens ${digits.format(of.itemBytes)} Bytes.`,
  retention: (_, of) => `${upper(whole(of))}: aufbewahrt${of.retention === null ? ', bis du sie entfernst' : ` für ${span(of.retention)}`}.`,
  counts: (_, of) => of.counts.length === 0 ? `${upper(whole(of))}: nach nichts gezählt.` : `${upper(whole(of))}: gezählt nach ${columns(of.counts, of)}.`,
  field: ({ name, said }, of) => said === 'other' ? `${upper(each(of))}: Was unter ${field(name!, of)} steht, darf etwas anderes sein als bisher.` : `${upper(each(of))} darf auch enthalten: ${field(name!, of)}.`,
};

/** One side of a change, in a sentence. */
export const deChange = (parts: ChangeParts): string => ABOUT[parts.kind](parts, parts.collection!);

const things = (n: number): string => n === 1 ? 'eine Sache' : `${digits.format(n)} Sachen`;

/** A diff in one sentence. */
export function deTally({ wider, narrower, changed, same }: Tally): string {
  const said = [
    ...(wider ? [`${things(wider)} ${wider === 1 ? 'wird' : 'werden'} weiter`] : []), ...(narrower ? [`${things(narrower)} ${narrower === 1 ? 'wird' : 'werden'} enger`] : []),
    ...(changed ? [`${things(changed)} ${changed === 1 ? 'ändert' : 'ändern'} sich anders`] : []), ...(same ? [`${things(same)} ${same === 1 ? 'bleibt' : 'bleiben'}, wie ${same === 1 ? 'sie ist' : 'sie sind'}`] : []),
  ];
  return said.length === 0 ? 'Nichts ändert sich.' : `${upper(and.format(said))}.`;
}
