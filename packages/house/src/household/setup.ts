import type { Entry, PersonInput } from './enter.ts';
import type { Gates } from './gates.ts';
import type { NoteGuess, Welcome } from './ports.ts';
import type { Settings } from './settings.ts';
import { tidyHouse, type HouseText } from './describe.ts';

/** Founding the house. */
export interface SetupInput { code: string; house: HouseText & { title: string }; person: PersonInput; keyLog?: unknown; label?: string; from: string }

/** Founds the house with the one-time code, which dies in the same transaction that makes the founder a person. */
export function makeSetup({ gates, settings, enter, noteGuess }: { gates: Gates; settings: Settings; noteGuess: NoteGuess; enter: (entry: Entry) => Promise<Welcome> }): (input: SetupInput) => Promise<Welcome> {
  return async ({ code, house, person, keyLog, label, from }) => {
    gates.setup(code, from);
    const text = tidyHouse(house);
    const welcome = await enter({
      gate: 'setup', person, keyLog, role: 'steward', invite: null, ...(label !== undefined && { label }),
      also: () => {
        settings.set('setupCode', null);
        settings.set('title', text.title ?? house.title);
        settings.set('note', text.note ?? '');
        settings.set('rules', text.rules ?? []);
      },
    });
    if (gates.wrongCodes > 0) noteGuess(welcome.persona, 'house', 'wrong_code', gates.wrongCodes);
    return welcome;
  };
}
