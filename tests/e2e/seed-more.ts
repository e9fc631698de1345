interface Ref { persona: string; key: string }
type Call = <T>(path: string, body: unknown, session?: string) => Promise<T>;

/** Posts that carry more than words: a poll, a warning, a quote, tags; and what people did with them. Answers the key of a list of the founder's. */
export async function carry(call: Call, sessions: ReadonlyMap<string, string | undefined>, posts: readonly Ref[]): Promise<string> {
  const say = (by: string, text: string, more: object = {}) => call<Ref>('/microblog/posts', { text, audience: 'house', ...more }, sessions.get(by));
  const act = (by: string, post: Ref, verb: string, body: object = {}) => call(`/microblog/posts/${post.persona}/${post.key}/${verb}`, body, sessions.get(by));
  const poll = await say('ines', 'Winter concert: which evening suits you? One vote each.', { poll: { options: ['Friday 12 December', 'Saturday 13 December', 'Sunday 14 December, afternoon'], minutes: 3 * 24 * 60, multiple: false } });
  for (const [by, choice] of [['sade', 1], ['bertil', 1], ['quyen', 0], ['amira', 1], ['leilani', 2]] as const) await act(by, poll, 'vote', { choices: [choice] });
  await say('leilani', 'They let her go home this morning. She is humming already, and asks for the alto part.', { warning: 'Hospital, good ending' });
  const quoted = posts[4]!;
  await say('arjun', 'Seconded, and I will carry the amplifier this time.', { quote: { persona: quoted.persona, key: quoted.key } });
  const tide = await say('quyen', 'Low tide at six. Whoever comes by bicycle can cross the flats.\n\n#tide #bicycle #harbour #rehearsal #morning');
  await say('leilani', 'Framed, above my desk.', { quote: { persona: posts[0]!.persona, key: posts[0]!.key } });
  const cake = await say('tomasz', 'After the concert?', { poll: { options: ['Cake', 'Soup', 'Home to bed'], minutes: 24 * 60, multiple: true } });
  for (const [by, ...choices] of [['sade', 0, 1], ['ines', 0], ['bertil', 1]] as const) await act(by, cake, 'vote', { choices });
  await act('sade', posts[3]!, 'boost');
  await act('tomasz', tide, 'bookmark');
  await act('tomasz', posts[4]!, 'bookmark');
  await say('bertil', 'Ask @tomasz for the torch before you touch the fuse box. #rehearsal');
  const { key } = await call<{ key: string }>('/microblog/lists', { name: 'Basses and boats', people: [posts[1]!.persona, posts[2]!.persona, posts[3]!.persona], replies: true });
  return key;
}
