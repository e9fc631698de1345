import assert from 'node:assert/strict';
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { runCli } from '../support/cli.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join, type Member } from '../support/people.ts';

const SECRET = 'Rehearsal at seven';
const undo: (() => unknown)[] = [];
const t = { after: (fn: () => unknown) => { undo.push(fn); } };
after(async () => { for (const fn of undo.reverse()) await fn(); });

interface World { data: string; people: Record<'ada' | 'ben', Member>; posts: { kept: string; answered: string; gone: string } }

let world: World;
before(async () => { world = await settle(tempFolder(t as never, 'verify')); });

/** A house with posts, replies, deletes and follows; stopped. */
async function settle(data: string): Promise<World> {
  const house = await startHouse(t as never, { data });
  const ada = await found(house);
  const { invite } = await ada.client.invites.make();
  const ben = await join(house, invite, 'ben');
  const kept = await ada.client.microblog.post({ text: SECRET, audience: 'house' }, 'one');
  const answered = await ben.client.microblog.post({ text: 'I will be late', audience: 'house', replyTo: { persona: ada.persona, key: kept.key } }, 'two');
  const gone = await ada.client.microblog.post({ text: 'For all to see', audience: 'everyone' }, 'three');
  await ada.client.microblog.remove(gone.key);
  for (let i = 0; i < 5; i++) await ada.client.microblog.post({ text: `${SECRET} ${i}`, audience: 'house' }, `more-${i}`);
  await ada.client.people.setProfile({ name: 'Ada', bio: 'Alto' });
  await follow(ben, ada, true);
  await follow(ben, ada, false);
  await refuses(house, data);
  await house.stop();
  return { data, people: { ada, ben }, posts: { kept: kept.key, answered: answered.key, gone: gone.key } };
}

async function follow(who: Member, whom: Member, on: boolean): Promise<void> {
  await (on ? who.client.people.follow(whom.persona) : who.client.people.unfollow(whom.persona));
  for (let tries = 0; tries < 200; tries++) if ((await whom.client.people.get(who.persona)).followsYou === on) return;
  assert.fail('the follower never heard');
}

async function refuses(house: HouseProcess, data: string): Promise<void> {
  const { code, err } = await verify(data);
  assert.equal(code, 2);
  assert.match(err, new RegExp(`^The data folder .* is in use by process \\d+ \\(${house.url}\\)`));
}

interface Ended { code: number; out: string; err: string }

async function verify(...paths: string[]): Promise<Ended> {
  const ended = await runCli(['verify', ...paths], { data: '/nowhere' }).then((said) => ({ code: 0, ...said }), (error: { code: number; stdout: string; stderr: string }) => error);
  assert.ok(!`${ended.stdout}${ended.stderr}`.includes('Rehearsal'), 'a body was printed');
  return { code: ended.code, out: ended.stdout, err: ended.stderr };
}

interface Folder { path: string; sql(file: string, sql: string, ...values: (string | number | Uint8Array)[]): void; pod(handle: 'ada' | 'ben'): string }

/** A copy of the folder, to be damaged. */
function copy(): Folder {
  const path = joinPath(tempFolder(t as never, 'verify-copy'), 'data');
  cpSync(world.data, path, { recursive: true });
  const ask = <T>(file: string, work: (db: DatabaseSync) => T): T => {
    const db = new DatabaseSync(joinPath(path, file), { enableForeignKeyConstraints: false });
    try { return work(db); } finally { db.close(); }
  };
  const pods = ask('house.db', (db) => new Map(db.prepare('SELECT handle, pod FROM people').all().map(({ handle, pod }) => [handle, `pods/${String(pod)}.db`])));
  return {
    path, pod: (handle) => pods.get(handle)!,
    sql: (file, sql, ...values) => ask(file, (db) => { assert.notEqual(db.prepare(sql).run(...values).changes, 0, 'nothing was damaged'); }),
  };
}

const filesOf = (path: string): string[] => readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(joinPath(path, name)).isFile()).sort();
const LIVE = `(SELECT seq FROM rows r WHERE r.key = ?1)`;
const LANE = `(SELECT lane FROM rows r WHERE r.key = ?1)`;

/** Each damage: how it is done, and the lines that must say so (file, who, thing, code). */
const DAMAGES: Record<string, (of: Folder) => RegExp[]> = {
  'a flipped body': (of) => {
    of.sql(of.pod('ada'), `UPDATE rows SET body = replace(body, 'seven', 'eight') WHERE key = ?`, world.posts.kept);
    return [/@ada, lane \S{22} \(microblog\.posts\), record 1: wrong_body: /];
  },
  'a body with a name twice': (of) => {
    of.sql(of.pod('ada'), `UPDATE rows SET body = replace(body, '{', '{"text":"Rehearsal is off",') WHERE key = ?`, world.posts.kept);
    return [/record 1: not_canonical: /];
  },
  'a flipped salt': (of) => {
    of.sql(of.pod('ada'), 'UPDATE rows SET salt = zeroblob(32) WHERE key = ?', world.posts.kept);
    return [/record 1: wrong_body: /];
  },
  'a flipped envelope': (of) => {
    of.sql(of.pod('ben'), `UPDATE entries SET envelope = replace(envelope, '"at":"0', '"at":"1') WHERE lane = ${LANE} AND seq = ${LIVE}`, world.posts.answered);
    return [/@ben, lane \S{22} \(microblog\.posts\), record 1: wrong_id: /];
  },
  'an envelope that is no JSON': (of) => {
    of.sql(of.pod('ben'), `UPDATE entries SET envelope = 'x' || envelope WHERE lane = ${LANE} AND seq = ${LIVE}`, world.posts.answered);
    return [/@ben, .*record 1: not_json: /];
  },
  'a missing entry in the middle': (of) => {
    of.sql(of.pod('ada'), `DELETE FROM entries WHERE lane = ${LANE} AND seq = 3`, world.posts.kept);
    return [/@ada, .*record 4: wrong_seq: /, /record 3: row_without_entry: /];
  },
  'a missing entry at the end': (of) => {
    of.sql(of.pod('ada'), `DELETE FROM entries WHERE lane = ${LANE} AND seq = (SELECT max(seq) FROM entries WHERE lane = ${LANE})`, world.posts.kept);
    return [/wrong_head: The lane counts 6 records, and there are 5\./, /record 6: row_without_entry: /];
  },
  'a wrong signature': (of) => {
    of.sql(of.pod('ada'), `UPDATE entries SET sig = zeroblob(64) WHERE lane = ${LANE} AND seq = 2`, world.posts.kept);
    return [/record 2: bad_signature: /];
  },
  'a missing signature': (of) => {
    of.sql(of.pod('ada'), `UPDATE entries SET sig = NULL, head = NULL WHERE lane = ${LANE} AND seq = 6`, world.posts.kept);
    return [/record 6: head_missing: /];
  },
  'a wrong head': (of) => {
    of.sql(of.pod('ada'), `UPDATE lanes SET chain = zeroblob(32) WHERE ref = ${LANE}`, world.posts.kept);
    return [/@ada, lane \S{22} \(microblog\.posts\): wrong_head: /];
  },
  'a wrong clock': (of) => {
    of.sql(of.pod('ada'), `UPDATE lanes SET clock = 'f' WHERE ref = ${LANE}`, world.posts.kept);
    return [/wrong_clock: /];
  },
  'a lane for another audience': (of) => {
    of.sql(of.pod('ada'), `UPDATE lanes SET audience = 'everyone' WHERE ref = ${LANE}`, world.posts.kept);
    return [/wrong_row: The audience of the lane /, /^DAMAGED views\.db, @ada, microblog\.posts \S{22}: view_differs: /];
  },
  'a wrong row': (of) => {
    of.sql(of.pod('ada'), 'UPDATE rows SET rev = 7 WHERE key = ?', world.posts.kept);
    return [/@ada, .*record 1: wrong_row: The rev /];
  },
  'a row under another key': (of) => {
    of.sql(of.pod('ada'), `UPDATE rows SET key = 'AAAAAAAAAAAAAAAAAAAAAA' WHERE key = ?`, world.posts.kept);
    return [/record 1: row_missing: /, /record 1: wrong_row: The key /, /view_missing/, /view_extra/];
  },
  'a row that is missing': (of) => {
    of.sql(of.pod('ada'), 'DELETE FROM rows WHERE key = ?', world.posts.kept);
    return [/record 1: row_missing: /, /^DAMAGED views\.db, @ada, microblog\.posts \S{22}: view_extra: /];
  },
  'an erased body that is there again': (of) => {
    of.sql(of.pod('ada'), `UPDATE rows SET op = 'put', seq = 1, id = (SELECT id FROM entries e WHERE e.lane = rows.lane AND e.seq = 1), body = '{"createdAt":1,"text":"For all to see"}', salt = zeroblob(32) WHERE key = ?`, world.posts.gone);
    return [/record 1: row_of_erased: /, /record 2: wrong_winner: /, /view_missing/];
  },
  'a body beside a remove': (of) => {
    of.sql(of.pod('ada'), `UPDATE rows SET body = '{}' WHERE key = ?`, world.posts.gone);
    return [/record 2: body_unexpected: /];
  },
  'an envelope that was to be erased': (of) => {
    of.sql(of.pod('ada'), `UPDATE entries SET envelope = (SELECT replace(envelope, '"op":"remove"', '"op":"put"') FROM entries n WHERE n.lane = entries.lane AND n.seq = 2) WHERE lane = ${LANE} AND seq = 1`, world.posts.gone);
    return [/record 1: bad_body: /];
  },
  'a changed statement of the key log': (of) => {
    of.sql(of.pod('ben'), `UPDATE statements SET signed = replace(signed, '"write"', '"manage"') WHERE height = 1`);
    return [/@ben, key log: bad_signature: Statement 1: /];
  },
  'a missing statement of the key log': (of) => {
    of.sql(of.pod('ben'), 'DELETE FROM statements WHERE height = 2');
    return [/@ben, key log: wrong_house: /, /@ben, .*head_unknown/];
  },
  'a changed contract': (of) => {
    of.sql(of.pod('ben'), `UPDATE contracts SET contract = replace(contract, '"version":', '"version":1') WHERE service = 'microblog'`);
    return [/@ben, contract microblog: contract_hash: /];
  },
  'a changed joined statement': (of) => {
    of.sql(of.pod('ben'), `UPDATE contracts SET joined = (SELECT joined FROM contracts WHERE service = 'people') WHERE service = 'microblog'`);
    return [/@ben, contract microblog: contract_missing: /];
  },
  'an outbox that cannot be read': (of) => {
    of.sql(of.pod('ben'), `INSERT INTO outbox (persona, target, effect, made, next) VALUES (1, 'somebody', '{"op":"Rehearsal"', 0, 0)`);
    return [/@ben, outbox \d+: bad_outbox: /];
  },
  'a pod that is missing': (of) => {
    rmSync(joinPath(of.path, of.pod('ben')));
    return [/^DAMAGED pods\/\S+\.db, @ben: pod_missing: /];
  },
  'a pod in the place of another': (of) => {
    cpSync(joinPath(of.path, of.pod('ada')), joinPath(of.path, of.pod('ben')));
    return [/@ben: persona_missing: /, /@ben: persona_unexpected: /];
  },
  'a file that is nobody\'s': (of) => {
    cpSync(joinPath(of.path, of.pod('ben')), joinPath(of.path, 'pods/stray.db'));
    return [/^DAMAGED pods\/stray\.db: pod_orphan: /];
  },
  'a pod device that is not this house\'s': (of) => {
    of.sql('house.db', `UPDATE people SET key_salt = zeroblob(16) WHERE handle = 'ben'`);
    return [/^DAMAGED house\.db, @ben: wrong_device: /];
  },
  'a truncated pod': (of) => {
    truncateSync(joinPath(of.path, of.pod('ben')), 20_000);
    return [/@ben: file_damaged: /];
  },
  'an empty pod': (of) => {
    truncateSync(joinPath(of.path, of.pod('ben')), 0);
    return [/@ben: other_version: /];
  },
  'a torn page': (of) => {
    writeFileSync(joinPath(of.path, of.pod('ben')), readFileSync(joinPath(of.path, of.pod('ben'))).fill(7, 8192, 12_288));
    return [/@ben.*: file_damaged: /];
  },
  'a torn house.db': (of) => {
    truncateSync(joinPath(of.path, 'house.db'), 5000);
    return [/^DAMAGED house\.db: file_damaged: /];
  },
  'a torn log.db': (of) => {
    writeFileSync(joinPath(of.path, 'log.db'), 'torn'.repeat(3000));
    return [/^DAMAGED log\.db: file_damaged: /];
  },
  'secrets of another house': (of) => {
    const secrets = JSON.parse(readFileSync(joinPath(of.path, 'secrets.json'), 'utf8')) as { house: string };
    writeFileSync(joinPath(of.path, 'secrets.json'), JSON.stringify({ ...secrets, house: 'A'.repeat(43) }));
    return [/^DAMAGED house\.db, @ada: wrong_device: /, /^DAMAGED house\.db, @ben: wrong_device: /];
  },
  'no secrets': (of) => {
    rmSync(joinPath(of.path, 'secrets.json'));
    return [/^DAMAGED secrets\.json: file_missing: /];
  },
  'a row of the views that is missing': (of) => {
    of.sql('views.db', 'DELETE FROM posts WHERE key = ?', world.posts.kept);
    return [new RegExp(`^DAMAGED views\\.db, @ada, microblog\\.posts ${world.posts.kept}: view_missing: `)];
  },
  'a row too many in the views': (of) => {
    of.sql('views.db', 'INSERT INTO posts (lane, persona, key, created, root, reply, parent) SELECT lane, persona, ?, created, root, reply, parent FROM posts WHERE key = ?', world.posts.gone, world.posts.kept);
    return [new RegExp(`^DAMAGED views\\.db, @ada, microblog\\.posts ${world.posts.gone}: view_extra: `)];
  },
  'a row of the views that says something else': (of) => {
    of.sql('views.db', 'UPDATE posts SET created = created + 1 WHERE key = ?', world.posts.answered);
    return [/^DAMAGED views\.db, @ben, .*view_differs: /];
  },
  'news of the views that say something else': (of) => {
    of.sql('views.db', `UPDATE news SET kind = 'like' WHERE kind = 'reply'`);
    return [new RegExp(`^DAMAGED views\\.db, @ben, microblog\\.posts ${world.posts.answered}: view_differs: `)];
  },
  'views of a stranger': (of) => {
    of.sql('views.db', `UPDATE posts SET persona = ? WHERE key = ?`, `c${'a'.repeat(52)}`, world.posts.answered);
    return [/^DAMAGED views\.db, c.*view_extra: /, /@ben, .*view_missing: /];
  },
  'torn views': (of) => {
    appendFileSync(joinPath(of.path, 'views.db'), 'x');
    truncateSync(joinPath(of.path, 'views.db'), 3000);
    return [/^DAMAGED views\.db: file_damaged: /];
  },
};

describe('commonhold verify on a folder', () => {
  it('says that a clean house is clean, and changes no byte', async () => {
    const { path } = copy();
    const before = filesOf(path).filter((name) => !name.startsWith('lock.db')).map((name) => [name, readFileSync(joinPath(path, name))]);
    const { code, out } = await verify(path);
    assert.equal(code, 0, out);
    assert.match(out, /^2 people, 2 pods, \d+ lanes, \d+ records \([1-9]\d* erased\), [1-9]\d* rows of the views\.\nAll is well\.\n$/);
    assert.deepEqual(filesOf(path).filter((name) => !name.startsWith('lock.db')).map((name) => [name, readFileSync(joinPath(path, name))]), before);
  });

  for (const [name, damage] of Object.entries(DAMAGES)) {
    it(`names ${name}`, async () => {
      const folder = copy();
      const expected = damage(folder);
      const { code, out, err } = await verify(folder.path);
      assert.equal(code, 1, out + err);
      const lines = out.split('\n').filter((line) => line.startsWith('DAMAGED '));
      for (const pattern of expected) assert.ok(lines.some((line) => pattern.test(line)), `${pattern} is not in:\n${out}`);
      assert.match(out, new RegExp(`^${lines.length} damages? found\\.\\nNext: `, 'm'));
    });
  }

});

describe('commonhold verify', () => {
  it('reads what a crash left in the log, and leaves it there; views that lag are no damage', async () => {
    const { path, pod } = copy();
    const house = await startHouse(t as never, { data: path });
    const ada = house.client((await house.client().sessions.start({ handle: 'ada', passphrase: 'correct horse battery staple' })).session);
    const post = await ada.microblog.post({ text: `${SECRET}, really`, audience: 'house' }, 'last');
    await house.kill();
    const wal = readFileSync(joinPath(path, `${pod('ada')}-wal`));
    assert.ok(wal.includes(post.key));
    const { code, out } = await verify(path);
    assert.equal(code, 0, out);
    assert.deepEqual(readFileSync(joinPath(path, `${pod('ada')}-wal`)), wal);
  });

  it('ends with 2 where nothing can be checked', async () => {
    const empty = joinPath(tempFolder(t as never, 'verify-empty'), 'data');
    mkdirSync(empty);
    for (const paths of [[], ['/nowhere/at/all'], [empty], [world.data, world.data]]) assert.equal((await verify(...paths)).code, 2);
    assert.deepEqual(readdirSync(empty), []);
  });

  it('says the one thing to do: a backup, the right version, or a reindex', async () => {
    const { path, pod, sql } = copy();
    const next = async () => (await verify(path)).out.trimEnd().split('\n').at(-1)!;
    sql('views.db', 'DELETE FROM posts WHERE key = ?', world.posts.kept);
    assert.match(await next(), /^Next: .*npx commonhold reindex$/);
    await runCli(['reindex'], { data: path });
    assert.equal((await verify(path)).code, 0);
    const db = new DatabaseSync(joinPath(path, pod('ben')));
    db.exec('PRAGMA user_version = 99');
    db.close();
    assert.match(await next(), /^Next: start the house once /);
    rmSync(joinPath(path, pod('ada')));
    assert.match(await next(), /^Next: keep a copy /);
  });

  it('takes a folder that was moved', async () => {
    const { path } = copy();
    renameSync(path, `${path} ?#%`);
    assert.equal((await verify(`${path} ?#%`)).code, 0);
  });
});
