export { compileByoda, isByoda, type ByodaContract } from './compile.ts';
export { byodaSignatures, type ByodaSignature } from './signature.ts';
