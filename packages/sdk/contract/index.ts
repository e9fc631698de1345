export { diffOf } from './diff.ts';
export { checkContract, type ContractReport, type Standing } from './check.ts';
export { contractText, initContract, type NewContract } from './init.ts';
export { orRefusal, readContract } from './read.ts';
export { rotated, type Rotated } from './rotate.ts';
export { readRotations, type Rotations } from './rotations.ts';
export { published, signatureOf, signed } from './sign.ts';
export { typesOf } from './types.ts';
export { wordsOf } from './words.ts';
