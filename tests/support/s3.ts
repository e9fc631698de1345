import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tempFolder } from './house-process.ts';

interface S3rver { run(): Promise<AddressInfo>; close(): Promise<void> }

/** Storage that speaks S3 and checks each signature, on this machine. */
export interface Storage { endpoint: string; region: string; bucket: string; prefix: string; keyId: string; secret: string }

/** Starts one with a bucket of its own; its keys are those that it knows. */
export async function startStorage(t: { after(fn: () => unknown): void }, bucket = 'choir-backups'): Promise<Storage> {
  const Server = createRequire(import.meta.url)('@20minutes/s3rver') as new (options: object) => S3rver;
  const server = new Server({ port: 0, address: '127.0.0.1', silent: true, directory: tempFolder(t, 's3'), configureBuckets: [{ name: bucket }] });
  const { port } = await server.run();
  t.after(() => server.close());
  return { endpoint: `http://127.0.0.1:${port}`, region: 'eu-west-1', bucket, prefix: 'house one', keyId: 'S3RVER', secret: 'S3RVER' };
}
