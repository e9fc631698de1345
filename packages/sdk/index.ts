export { createClient, type Client } from './client.ts';
export { ApiError } from './error.ts';
export type { CallOptions, ClientOptions } from './request.ts';
export type { LiveEvents } from './live.ts';
export type * from './types.ts';
