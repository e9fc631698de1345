import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '@commonhold/core';
import type { Config } from '../config/config.ts';
import type { ControlPort } from '../doors/control/port.ts';
import { findRunning } from './control.ts';

/**
 * Does work on the house of a data folder: over the socket when it runs, else by opening the folder for that long.
 * Refuses `no_house` where nobody ever started one, so that a mistyped folder does not become a house.
 */
export async function withHouse<T>(config: Config, work: (house: ControlPort) => Promise<T>): Promise<T> {
  const running = await findRunning(config.data);
  if (running) return work(running);
  if (!existsSync(join(config.data, 'house.db'))) {
    throw new Refusal('not_found', 'no_house', `There is no house in ${config.data}. Start one with "npx commonhold start", or name its folder with --data.`);
  }
  const { openOffline } = await import('../compose.ts');
  const house = await openOffline(config);
  try {
    return await work(house.control);
  } finally {
    await house[Symbol.asyncDispose]();
  }
}
