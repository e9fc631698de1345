export { isSoundKey } from './key.ts';
export { entropyOf, newRecovery, recoverySeed, wordsOf } from './recovery.ts';
export { inception, personaIdOf, signStatement, statementHash } from './sign.ts';
export { startKeyLog, type Start } from './start.ts';
export { extendKeyLog, mayAt, verifyKeyLog, type KeyLogDevice, type KeyLogState } from './keylog.ts';
export {
  checkStatement, type AddDevice, type Capability, type Inception, type LaterStatement, type Retire, type RevokeDevice,
  type RotateRecovery, type SetHome, type Signed, type Statement,
} from './statement.ts';
