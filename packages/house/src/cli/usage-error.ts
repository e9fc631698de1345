import { Refusal } from '@commonhold/core';

/** The command line asks for something that does not exist: answered with the usage and exit code 2. */
export class UsageError extends Refusal {
  constructor(message: string) {
    super('invalid', 'usage', message);
  }
}
