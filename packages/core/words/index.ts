export { cardWith, contractCard, type Card } from './card.ts';
export { accessSentence, thingWords } from './access.ts';
export type { Access, AccessWords, CollectionParts, Glossary, Locale, Party, Questions, RedLine, RuleParts } from './glossary.ts';
