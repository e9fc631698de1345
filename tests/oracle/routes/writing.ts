import { signedOut, status, type Generator } from './ask.ts';
import { DISTANCE } from './distance.ts';
import { LIKING } from './likes.ts';
import { NEWS_STATE } from './news.ts';
import { RING_CHANGES } from './rings.ts';
import { mayRead } from './world.ts';

const post: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const audience = random.pick(['house', 'everyone', 'only-me', 'followers']);
  const parent = random.once(2) ? random.pick(world.posts) : null;
  const text = random.once(6) ? random.pick(['', '   ', 'x'.repeat(501)]) : `case ${random.below(1e6)}`;
  const body = { text, audience, ...(parent ? { replyTo: { persona: parent.persona, key: parent.key } } : {}) };
  const sound = ['house', 'everyone'].includes(audience) && text.trim() !== '' && text.length <= 500;
  const parentThere = parent === null || (!parent.gone && mayRead(world, asker, parent.persona, 'microblog', 'posts', parent.audience));
  const wider = parent !== null && parent.audience === 'house' && audience === 'everyone';
  const due = !sound ? 400 : !parentThere ? 404 : wider ? 400 : 201;
  return {
    asker, path: '/microblog/posts', body,
    judge: signedOut(asker) ?? ((answer) => {
      if (due === 201 && answer.status === 201) {
        const made = answer.json as { persona: string; key: string; body: { createdAt: number } };
        if (made.persona !== asker.persona) return `the post went to ${made.persona}`;
        const name = `${made.persona}/${made.key}`;
        world.posts.push({ persona: made.persona, key: made.key, audience, text, root: parent?.root ?? name, parent: parent && `${parent.persona}/${parent.key}`, created: made.body.createdAt, gone: false });
      }
      return status(due)(answer);
    }),
  };
};

const removePost: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const target = random.pick(world.posts);
  const mine = target.persona === asker.persona && !target.gone;
  return {
    asker, path: `/microblog/posts/${target.key}`,
    judge: signedOut(asker) ?? ((answer) => {
      if (mine && answer.status === 204) target.gone = true;
      return status(mine ? 204 : 404)(answer);
    }),
  };
};

const setProfile: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const name = random.pick(['Ada L.', '  ', '', 'x'.repeat(61), `name ${random.below(1000)}`]);
  const locked = random.pick([undefined, undefined, true, false, 'yes']);
  const extra = random.once(4) ? { handle: 'root' } : {};
  const sound = name.trim() !== '' && name.length <= 60 && !('handle' in extra) && locked !== 'yes';
  return {
    asker, path: '/people/profile', body: { name, ...extra, ...(locked !== undefined && { locked }) },
    judge: signedOut(asker) ?? ((answer) => {
      if (sound && answer.status === 200) Object.assign(world.people.get(asker.persona!)!, { name }, typeof locked === 'boolean' && { locked });
      return status(sound ? 200 : 400)(answer);
    }),
  };
};

/** Cases for every route that writes records of people. */
export const WRITING: Record<string, Generator> = {
  'PUT /people/profile': setProfile,
  'POST /microblog/posts': post,
  'DELETE /microblog/posts/{key}': removePost,
  ...RING_CHANGES, ...LIKING, ...DISTANCE, ...NEWS_STATE,
};
