/** The variables as they were given; every one may be missing. */
export interface Env { data?: string; port?: string; host?: string; origin?: string; trust?: string; acme?: string; s3Key?: string; s3Secret?: string; s3Region?: string }

/** Reads the environment: the one place of the house that does. Empty means missing. */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const env: Env = {};
  if (source['COMMONHOLD_DATA']) env.data = source['COMMONHOLD_DATA'];
  if (source['COMMONHOLD_PORT']) env.port = source['COMMONHOLD_PORT'];
  if (source['COMMONHOLD_HOST']) env.host = source['COMMONHOLD_HOST'];
  if (source['COMMONHOLD_ORIGIN']) env.origin = source['COMMONHOLD_ORIGIN'];
  if (source['COMMONHOLD_TRUST']) env.trust = source['COMMONHOLD_TRUST'];
  if (source['COMMONHOLD_ACME']) env.acme = source['COMMONHOLD_ACME'];
  if (source['COMMONHOLD_S3_KEY']) env.s3Key = source['COMMONHOLD_S3_KEY'];
  if (source['COMMONHOLD_S3_SECRET']) env.s3Secret = source['COMMONHOLD_S3_SECRET'];
  if (source['COMMONHOLD_S3_REGION']) env.s3Region = source['COMMONHOLD_S3_REGION'];
  return env;
}
