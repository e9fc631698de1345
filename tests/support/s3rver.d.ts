declare module '@20minutes/s3rver' {
  import type { AddressInfo } from 'node:net';

  /** What is used of it; it brings no types. */
  export default class S3rver {
    constructor(options: { port: number; address: string; silent: boolean; directory: string; configureBuckets: { name: string }[] });
    run(): Promise<AddressInfo>;
    close(): Promise<void>;
  }
}
