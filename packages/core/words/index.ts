export { cardWith, contractCard, type Card } from './card.ts';
export type { CollectionParts, Glossary, Locale, Party, Questions, RedLine, RuleParts } from './glossary.ts';
