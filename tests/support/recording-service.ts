/* A service that keeps every byte that it is ever given, to be pooled with what another was given. Its folder has key and contract. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createClient } from '@commonhold/sdk';
import { serveService, serviceIn, signedFetch, untilSignal } from '@commonhold/sdk/service';

const { values } = parseArgs({ options: { data: { type: 'string', default: '' }, port: { type: 'string', default: '0' }, house: { type: 'string', default: '' } } });
const { data, house } = values, { seed, contracts: [contract] } = serviceIn(data);
const service = contract!.service.id;

/** Asks as the service, and keeps the answer whole, headers too; of a stream what comes until all that was missed is told. */
function recording(persona: string): typeof globalThis.fetch {
  const keep = (bytes: string | Uint8Array): void => appendFileSync(join(data, `given-${persona}`), bytes);
  return signedFetch({ seed, fetch: async (input, init) => {
    const answer = await fetch(input, init);
    const { status, headers } = answer;
    keep(`\n${status}\n${[...headers].map(([name, value]) => `${name}: ${value}`).join('\n')}\n`);
    const body = headers.get('content-type')?.startsWith('text/event-stream') ? await untilReady(answer) : new Uint8Array(await answer.arrayBuffer());
    keep(body);
    return new Response(status === 204 ? null : body, { status, headers });
  } });
}

async function untilReady(answer: Response): Promise<Uint8Array<ArrayBuffer>> {
  let said = '';
  for await (const piece of answer.body!) {
    said += Buffer.from(piece).toString('latin1');
    if (/event: ready[^]*\n\n/.test(said)) break;
  }
  return new Uint8Array(Buffer.from(said, 'latin1'));
}

/** Asks for all that the contract lets a service have, in every way there is. */
async function ask(persona: string): Promise<void> {
  const fetch = recording(persona), { data: asked } = createClient({ base: house, fetch });
  await asked.joined({ persona, service });
  for (const collection of ['dishes', 'profile']) {
    const at = { persona, service, collection };
    const { items } = await asked.query<{ photo?: string }>(at, { order: ['$at'] });
    await asked.count(at);
    for (const { key, body: { photo } } of items) {
      await asked.get(at, key);
      if (photo !== undefined) await fetch(asked.blobUrl(at, key, photo));
    }
  }
  await fetch(`${house}/pods/${persona}/${service}/watch?collections=dishes,profile&counts=dishes`);
  await fetch(`${house}/pods/${persona}/${service}/notes/query`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
}

const host = await serveService({ contract: contract!, port: Number(values.port), routes: {
  'POST /visit': async ({ body }) => { await ask((body as { persona: string }).persona); return { json: {} }; },
} });
process.stdout.write(`Its contract is at ${host.origin}/.well-known/commonhold-contract\n`);
await untilSignal();
await host[Symbol.asyncDispose]();
