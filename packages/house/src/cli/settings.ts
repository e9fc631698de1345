import { configOf, type Config } from '../config/config.ts';
import { readEnv } from '../config/env.ts';
import { readConfigFile } from '../config/file.ts';
import type { Given } from './command.ts';

/** The config of a command: `config.json` of the data folder, above it the environment, above that what the command line says. Refuses `bad_setting`, `bad_config`. */
export function settingsOf({ values }: Given): Config {
  const env = readEnv();
  if (typeof values['data'] === 'string') env.data = values['data'];
  if (typeof values['port'] === 'string') env.port = values['port'];
  return configOf(env, readConfigFile(configOf(env).data));
}
