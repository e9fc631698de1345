export { compileByoda, isByoda, type ByodaContract } from './compile.ts';
export type { Unhonoured, UnhonouredCode } from './notes.ts';
export { byodaSignatures, type ByodaSignature } from './signature.ts';
