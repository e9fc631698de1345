export { diffOf } from './diff.ts';
export { checkContract, type ContractReport, type Standing } from './check.ts';
export { contractText, initContract, type NewContract } from './init.ts';
export { orRefusal, readContract } from './read.ts';
export { signatureOf, signed } from './sign.ts';
export { typesOf } from './types.ts';
export { wordsOf } from './words.ts';
