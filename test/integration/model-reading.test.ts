import { expect, it } from 'vitest';
import { PROMPT_VERSION } from '../../src/core/proposals/question.ts';
import { targetId } from '../../src/domain/ids.ts';
import { verify } from '../../src/maintenance/verify.ts';
import { reprocessTarget } from '../../src/pipeline/reprocess.ts';
import { explanationOf } from '../../src/read/explanation.ts';
import { Sqlite } from '../../src/store/sqlite-file.ts';
import {
  blogPost,
  END,
  levelOf,
  MODEL,
  openModelLine,
  POST,
  PROPOSED,
  page,
  RULED,
  readIn,
  UNRULED,
} from '../support/model-line.ts';
import { COST, startModelServer } from '../support/model-server.ts';
import { play, reportsOf } from '../support/open-line.ts';
import { fileStore } from '../support/store.ts';

/** Runs a statement on the file, past the program. */
function tamper(path: string, statement: string): void {
  const database = new Sqlite(path);
  database.exec(statement);
  database.close();
}

it('without a model in the config pages are read by rules alone, and nobody is asked', async () => {
  const line = await openModelLine(null);
  await play(line.open, [blogPost(9)]);
  expect(await readIn(line)).toMatchObject([
    { said: 'deny announced assert', extractor: 'reports@2' },
  ]);
  expect(line.lines).toEqual([]);
});

it('a page that a model helps to read is asked about once, between marks, in the shape of our own statements', async () => {
  const server = await startModelServer();
  const line = await openModelLine(server);
  await play(line.open, [blogPost(9)]);
  expect(server.asked).toHaveLength(1);
  const [asked] = server.asked;
  expect(asked).toMatchObject({
    ...{ path: '/v1/chat/completions', model: MODEL, limit: 4_000 },
    shape: { type: 'json_schema', json_schema: { name: 'statements', strict: true } },
  });
  const mark = asked?.user.split('\n')[0] ?? '';
  expect(asked?.user).toBe(
    [
      ...[mark, 'Title: A toolbox', '', '# A toolbox', '', UNRULED, '', RULED, mark],
      ...['Names found on the page:', '1. gpt-image-2, written "gpt-image-2"'],
      ...['Days found on the page:', 'none', 'Statements that rules took from the page:'],
      ...[`1. gpt-image-2 announced, deny, assert: "${RULED}"`, mark],
    ].join('\n'),
  );
  expect(asked?.system).toContain(mark);
  expect(asked?.system).not.toContain('toolbox');
});

it('a page that a model helps to read gives what no rule read as firmly as it is said, under the name of the model, and it comes to a rumor', async () => {
  const server = await startModelServer();
  server.reply({ statements: [PROPOSED] });
  const line = await openModelLine(server);
  await play(line.open, [blogPost(9)]);
  expect(await readIn(line)).toEqual([
    {
      ...{ said: 'deny announced assert', quote: RULED },
      ...{ extractor: 'reports@2', standing: 'speaks' },
    },
    {
      ...{ said: 'support released assert', quote: UNRULED },
      ...{ extractor: `reports@2+${MODEL}@${PROMPT_VERSION}`, standing: 'speaks' },
    },
  ]);
  expect(await levelOf(line)).toBe('rumor');
  const { claims } = await explanationOf(line.open.known, 'gpt-image-2', 'released', END);
  expect(claims[0]?.for).toEqual([
    expect.stringMatching(
      `^blog.example \\(S3, read with ${MODEL}@${PROMPT_VERSION}, seen .*, rule model.proposed\\): “`,
    ),
  ]);
  expect(line.lines).toMatchObject([
    {
      level: 'info',
      msg: 'read with a model',
      page: POST,
      tokens: 2 * COST,
      added: 1,
      doubted: 0,
      dropped: {},
    },
  ]);
  expect(await line.open.store.proposals.spent('2026-04-20')).toBe(2 * COST);
});

it('a page that a model helps to read is asked back about, by what it alone read and nobody may count yet', async () => {
  const server = await startModelServer();
  server.reply({
    statements: [PROPOSED, { ...PROPOSED, quote: RULED, facet: 'announced', polarity: 'deny' }],
    rules: [{ number: 1, holds: 'yes' }],
  });
  const line = await openModelLine(server);
  await play(line.open, [blogPost(9)]);
  expect(server.askedBack).toHaveLength(1);
  const [back] = server.askedBack;
  const mark = back?.user.split('\n')[0] ?? '';
  expect(back?.user).toBe(
    [
      ...[mark, 'Title: A toolbox', '', '# A toolbox', '', UNRULED, '', RULED, mark],
      ...['Names found on the page:', '1. gpt-image-2, written "gpt-image-2"'],
      ...[
        'Statements taken from the page:',
        `1. gpt-image-2 released, support: "${UNRULED}"`,
        mark,
      ],
    ].join('\n'),
  );
  expect(back?.system).toContain(mark);
  expect(back?.system).not.toContain('toolbox');
});

it.each(['no', 'unclear'] as const)(
  'a page that a model helps to read gives nothing that the model says %s to when it is asked back',
  async (holds) => {
    const server = await startModelServer();
    server.reply({ statements: [PROPOSED] });
    server.replyBack(holds);
    const line = await openModelLine(server);
    await play(line.open, [blogPost(9), blogPost(10, 'https://other.example/copy')]);
    expect(server.askedBack).toHaveLength(1);
    const doubted = (await readIn(line)).filter(({ quote }) => quote === UNRULED);
    expect(doubted.map(({ said }) => said)).toEqual(
      Array.from({ length: 2 }, () => 'support released forecast'),
    );
    expect(await levelOf(line)).toBe('unknown');
    expect((await verify(line.open.context)).findings).toEqual([]);
  },
);

it('a page that a model helps to read is not asked about again, however often and wherever the same text is had', async () => {
  const server = await startModelServer();
  server.reply({ statements: [PROPOSED] });
  const line = await openModelLine(server);
  const other = 'https://other.example/copy';
  await play(line.open, [
    blogPost(9),
    blogPost(10),
    blogPost(11, POST, `${page(UNRULED, RULED)}<!-- -->`),
    blogPost(12, other),
  ]);
  expect(server.asked).toHaveLength(1);
  const helped = (await readIn(line)).filter(({ extractor }) => extractor.includes('+'));
  expect(helped).toHaveLength(2);
  await play(line.open, [blogPost(13, POST, page(UNRULED, RULED, 'More.'))]);
  expect(server.asked).toHaveLength(2);
});

it('a page that a model helps to read is one that names a vendor and a release, though no model that we know', async () => {
  const server = await startModelServer();
  const line = await openModelLine(server);
  await play(line.open, [
    blogPost(9, POST, page('OpenAI has released something called the Glass Harp to everybody.')),
  ]);
  expect(server.asked).toHaveLength(1);
  expect(server.asked[0]?.user).toContain('Names found on the page:\nnone');
});

it('a page that a model helps to read has its statements of the rules asked about, and what is refused comes to nothing', async () => {
  const server = await startModelServer();
  server.reply({ statements: [], rules: [{ number: 1, holds: 'no' }] });
  const line = await openModelLine(server);
  await play(line.open, [blogPost(9)]);
  expect(await readIn(line)).toEqual([
    {
      ...{ said: 'deny announced inference', quote: RULED, standing: 'speaks' },
      extractor: `reports@2+rules+${MODEL}@${PROMPT_VERSION}`,
    },
  ]);
  const { claims } = await explanationOf(line.open.known, 'gpt-image-2', 'announced', END);
  expect(claims[0]?.against).toEqual([]);
  expect((await verify(line.open.context)).findings).toEqual([]);
});

it('a page that a model helps to read is never one of the vendor, nor one that names no model', async () => {
  const server = await startModelServer();
  const line = await openModelLine(server);
  const vendor = blogPost(9, 'https://openai.com/index/a-toolbox/', page(UNRULED));
  await play(line.open, [
    vendor,
    blogPost(10, POST, page('Nothing is said here of any of them at all.')),
  ]);
  expect(
    reportsOf(
      await play(line.open, [blogPost(11, 'https://platform.openai.com/x', page(UNRULED))]),
    ),
  ).toHaveLength(1);
  expect(server.asked).toEqual([]);
});

it('a page that a model helps to read is read again without asking, and keeps what the model had a part in', async () => {
  const server = await startModelServer();
  server.reply({ statements: [PROPOSED] });
  const line = await openModelLine(server);
  await play(line.open, [blogPost(9)]);
  await server.close();
  const { store } = line.open;
  const target = await store.targets.get(targetId('reports', POST));
  const watcher = line.open.context.watchers.get('reports');
  if (target === null || watcher === undefined) throw new Error('The page was not read.');
  const newer = { ...watcher, version: 2 };
  line.clock.set(END);
  await reprocessTarget({ ...line.open.context, clock: line.clock }, target, newer);
  expect(server.asked).toHaveLength(1);
  const standing = (await readIn(line)).filter((one) => one.standing === 'speaks');
  expect(standing.map(({ extractor }) => extractor).sort()).toEqual([
    'reports@2',
    `reports@2+${MODEL}@${PROMPT_VERSION}`,
  ]);
});

it('a page that a model helps to read can be proved from the database alone, and a changed answer is found', async () => {
  const server = await startModelServer();
  server.reply({ statements: [PROPOSED] });
  const { path } = await fileStore();
  const line = await openModelLine(server, { db: path });
  await play(line.open, [blogPost(9)]);
  await server.close();
  const without = await openModelLine(null, { db: path });
  expect(await verify(without.open.context)).toMatchObject({
    evidence: 2,
    reread: 2,
    findings: [],
  });
  tamper(path, `update proposals set statements = '[{"quote":"It is out."}]'`);
  const message = `the answer of ${MODEL}@${PROMPT_VERSION} says nothing of it`;
  expect((await verify(without.open.context)).findings).toMatchObject([
    { kind: 'reading', message },
  ]);
  tamper(path, 'delete from proposals');
  expect((await verify(without.open.context)).findings).toMatchObject([
    {
      message: `the answer of ${MODEL}@${PROMPT_VERSION} that it rests on is not in the database`,
    },
  ]);
});
