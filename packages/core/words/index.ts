export { cardWith, contractCard, type Card, type CircleLine } from './card.ts';
export { diffWith, diffWords, type Diff, type DiffRow } from './diff.ts';
export { accessSentence, thingWords } from './access.ts';
export type { Access, AccessWords, ChangeParts, Circle, CollectionParts, Tally, Glossary, Locale, Party, Questions, RedLine, RuleParts } from './glossary.ts';
