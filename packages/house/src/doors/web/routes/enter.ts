import { Refusal } from '@commonhold/core';
import type { Welcome } from '../../../household/ports.ts';
import { accountsOf, sessionCookie } from '../checks/session.ts';
import type { WebDeps } from '../ports.ts';
import { created, ok, route, type Answer, type Call, type Route } from '../route.ts';
import { list, named, shape, signedShape, text } from '../shapes.ts';

interface PersonInput { handle: string; name: string; passphrase: string }
interface SetupBody { code: string; house: { title: string; note?: string; rules?: string[] }; person: PersonInput; keyLog?: unknown; label?: string; ticket?: string }
interface JoinBody { invite: string; person: PersonInput; keyLog?: unknown; label?: string; ticket?: string }

const person = shape({ handle: text(64, 1), name: text(120, 1), passphrase: text(256, 8) });
const rest = { person, 'keyLog?': list(signedShape, 1000), 'label?': text(64), 'ticket?': text(64) };
const ENTERING = ['bad_handle', 'handle_reserved', 'handle_taken', 'bad_name', 'bad_key_log', 'ticket_unknown', 'persona_taken', 'house_full', 'slow_down', 'busy'] as const;

/** 201 with the session as JSON and as cookie. Whoever else is signed in at the browser stays so beside it. */
export function welcome(sessionOf: WebDeps['household']['sessionOf'], welcome: Welcome, { headers, secure }: Pick<Call, 'headers' | 'secure'>): Answer {
  const { now, others } = accountsOf(sessionOf, headers, secure);
  const beside = [...(now ? [now] : []), ...others].filter(({ session }) => session.persona !== welcome.persona);
  return created(welcome, sessionCookie(welcome.session, beside, secure));
}

/** Founding and joining, each in two calls. */
export function enterRoutes({ household }: Pick<WebDeps, 'household'>): Route[] {
  return [
    route<{ code?: string; invite?: string }>({
      method: 'POST', path: '/house/prepare', summary: 'Show a setup code or an invite, get the pod device to name in the key log', auth: 'any', limit: 'prepare',
      body: shape({ 'code?': text(100, 1), 'invite?': text(100, 1) }), answers: { 200: shape({ ticket: text(64), podDevice: text(43), house: text(53) }) },
      problems: ['code_or_invite', 'code_wrong', 'already_founded', 'invite_unknown', 'invite_ended', 'house_full', 'slow_down'],
      handler: ({ body: { code, invite }, from }) => {
        if (code !== undefined && invite === undefined) return ok(household.prepare({ code, from }));
        if (invite !== undefined && code === undefined) return ok(household.prepare({ invite, from }));
        throw new Refusal('invalid', 'code_or_invite', 'Show a setup code or an invite, one of the two.', { expected: 'code or invite' });
      },
    }),
    route<SetupBody>({
      method: 'POST', path: '/house/setup', summary: 'Found the house; logs the founder in', auth: 'any', limit: 'enter',
      body: shape({ code: text(100, 1), house: shape({ title: text(60, 1), 'note?': text(500), 'rules?': list(text(200), 10) }), ...rest }),
      answers: { 201: named('Welcome') }, problems: ['code_wrong', 'already_founded', 'bad_text', ...ENTERING],
      handler: async (call) => {
        const { ticket: _, ...input } = call.body;
        return welcome(household.sessionOf, await household.setup({ ...input, from: call.from }), call);
      },
    }),
    route<JoinBody>({
      method: 'POST', path: '/house/join', summary: 'Join by an invite; logs the newcomer in', auth: 'any', limit: 'enter',
      body: shape({ invite: text(100, 1), ...rest }), answers: { 201: named('Welcome') }, problems: ['invite_unknown', 'invite_ended', ...ENTERING],
      handler: async (call) => {
        const { ticket: _, ...input } = call.body;
        return welcome(household.sessionOf, await household.join({ ...input, from: call.from }), call);
      },
    }),
  ];
}
