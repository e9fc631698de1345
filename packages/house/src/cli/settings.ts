import { configOf, type Config } from '../config/config.ts';
import { readEnv } from '../config/env.ts';
import type { Given } from './command.ts';

/** The config of a command: the environment, and above it what the command line says. Refuses `bad_setting`. */
export function settingsOf({ values }: Given): Config {
  const env = readEnv();
  if (typeof values['data'] === 'string') env.data = values['data'];
  if (typeof values['port'] === 'string') env.port = values['port'];
  return configOf(env);
}
