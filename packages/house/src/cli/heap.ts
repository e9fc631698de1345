import { setFlagsFromString } from 'node:v8';

/**
 * Lets the space for new objects grow no further than it begins, 20 MB less for a house and a few hundredths of its time, and has it swept
 * by one thread: with helpers the slowest requests took half as long again.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--no-parallel-scavenge');
}
