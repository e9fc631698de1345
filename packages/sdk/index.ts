export { createClient, type Client } from './client.ts';
export { ApiError } from './error.ts';
export { makeSend } from './request.ts';
export type { CallOptions, ClientOptions } from './request.ts';
export type { LiveEvents } from './live.ts';
export type { Collection, Comparison, Counted, DataEvent, DataRecord, FoundRecord, NewRecord, Origin, Query, Records, Scalar, Watched, Where } from './data.ts';
export type { KeyLog, LaneHead, LinkAsk, LinkOwner, LinkState, RecoverySignInInput } from './keys.ts';
export type { Draft, DraftPart, KeptDraft, Scheduled } from './later.ts';
export type * from './types.ts';
