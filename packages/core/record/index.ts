export { bodyHash, newSalt } from './body.ts';
export { chainNext, chainStart, headBytes, type Head } from './chain.ts';
export { clockMs, clockNext } from './clock.ts';
export { envelopeId, envelopeText, parseEnvelope, type Envelope, type Op } from './envelope.ts';
export { signJoined, verifyJoined, type Joined } from './joined.ts';
export { announceLane, verifyLane, type Lane } from './lane.ts';
export { openLog, verifyLog, type LogEntry, type LogSummary, type LogWalk } from './log.ts';
export { nextRev, wins, type Version } from './merge.ts';
export { checkOffer, makeOffer, verifyOffer, type Offer } from './offer.ts';
