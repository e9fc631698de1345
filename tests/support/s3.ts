import S3rver from '@20minutes/s3rver';
import { tempFolder } from './house-process.ts';

/** Storage that speaks S3 and checks each signature, on this machine. */
export interface Storage { endpoint: string; region: string; bucket: string; prefix: string; keyId: string; secret: string }

/** Starts one with a bucket of its own; its keys are those that it knows. */
export async function startStorage(t: { after(fn: () => unknown): void }, bucket = 'choir-backups'): Promise<Storage> {
  const server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: tempFolder(t, 's3'), configureBuckets: [{ name: bucket }] });
  const { port } = await server.run();
  t.after(() => server.close());
  return { endpoint: `http://127.0.0.1:${port}`, region: 'eu-west-1', bucket, prefix: 'house one', keyId: 'S3RVER', secret: 'S3RVER' };
}
