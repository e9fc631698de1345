export { isSoundKey } from './key.ts';
export { entropyOf, newRecovery, recoverySeed, wordsOf } from './recovery.ts';
export { inception, personaIdOf, signStatement, statementHash } from './sign.ts';
export { startKeyLog, type Start } from './start.ts';
export {
  checkLink, checkSignIn, LINK_SECRET_BYTES, linkMac, signInProof, type AskingDevice, type RecoverySignIn,
} from './link.ts';
export { extendKeyLog, mayAt, readSigned, verifyKeyLog, type KeyLogDevice, type KeyLogState } from './keylog.ts';
export { verifyPersona, type Alarm, type PersonaQuestion, type PersonaVerdict } from './persona.ts';
export type { Loser } from './node.ts';
export { REVERT_MS, type PendingMove } from './window.ts';
export {
  checkStatement, type AddDevice, type Capability, type Inception, type LaterStatement, type Retire, type RevertHome,
  type RevokeDevice, type RotateRecovery, type SetHome, type Signed, type Statement,
} from './statement.ts';
export { meetingCode, type Met } from './meeting.ts';
