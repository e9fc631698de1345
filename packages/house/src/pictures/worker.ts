/* The process of `studio.ts`: takes one order at a time, answers what was made, or why nothing was. A crash in here is one picture's. */
import { isObject } from '@commonhold/core';
import type { Fault, Made, Order } from './render.ts';

/** What comes back of an order. `not_here`: this machine has no program that reads pictures. */
export type Answer = { made: Made } | { fault: Fault | 'not_here' };

const faultOf = (error: unknown): Fault => (isObject(error) && error['code'] === 'image_too_big' ? 'image_too_big' : 'image_unreadable');

async function answer(order: Order): Promise<Answer> {
  const loaded = await import('./render.ts').catch(() => null);
  if (!loaded) return { fault: 'not_here' };
  try { return { made: await loaded.render(order) }; } catch (error) { return { fault: faultOf(error) }; }
}

process.on('message', (order) => { void answer(order as Order).then((answered) => process.send?.(answered)); });
// Nobody is left to make pictures for.
process.on('disconnect', () => process.exit());
