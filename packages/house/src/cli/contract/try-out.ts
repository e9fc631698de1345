import { Refusal, type Contract } from '@commonhold/core';
import { createClient, makeSend } from '@commonhold/sdk';
import { published, signatureOf, type Rotations } from '@commonhold/sdk/contract';

/** Somebody made up who joined: `persona` is their pseudonym, `token` a session of theirs. */
export interface Tried { handle: string; persona: string; token: string }

const PEOPLE = ['ada', 'ben'];

/** Founds a house for trying (with a `code`), or comes back to one, and brings its people to this contract. */
export async function makeTryOut({ url, passphrase, code }: { url: string; passphrase: string; code: string | null }, contract: Contract, rotations: Rotations): Promise<Tried[]> {
  if (code !== null) await settle(url, passphrase, code);
  return Promise.all(PEOPLE.map(async (handle) => {
    const { session } = await createClient({ base: url }).sessions.start({ handle, passphrase, label: 'Building' });
    const persona = await joined({ base: url, session }, contract, rotations);
    return { handle, persona, token: session };
  }));
}

async function settle(url: string, passphrase: string, code: string): Promise<void> {
  const person = (handle: string): { handle: string; name: string; passphrase: string } => ({ handle, name: handle.charAt(0).toUpperCase() + handle.slice(1), passphrase });
  const client = createClient({ base: url });
  const [first, ...rest] = PEOPLE;
  const { session } = await client.house.setup({ code, house: { title: 'A house to build with' }, person: person(first!) });
  const { invite } = await createClient({ base: url, session }).invites.make({});
  for (const handle of rest) await client.house.join({ invite, person: person(handle) });
}

/** The pseudonym under which this contract is joined, now or already; whoever holds to another version goes on to this one. */
async function joined(of: { base: string; session: string }, contract: Contract, rotations: Rotations): Promise<string> {
  const { services } = createClient(of);
  const { hash, joined: before, blocks } = await services.preview({ contract: JSON.parse(published(contract, rotations)) as Record<string, unknown> });
  const isDraft = signatureOf(contract, rotations).state === 'draft';
  const wrong = blocks.find(({ code }) => !isDraft || code !== 'unsigned');
  if (wrong) throw new Refusal('invalid', wrong.code, `Nobody can join this: ${wrong.say}`);
  if (before === null) return (await services.join({ hash, ...(isDraft && { draft: true as const }) })).persona;
  if (before.hash !== hash) await makeSend(of)(`/me/services/${before.persona}/${contract.service.id}/upgrade`, { method: 'POST', body: { hash, earlier: true } });
  return before.persona;
}
