import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'fast-string-width';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wholeProgram } from '../../src/cli/program.ts';
import type { AlertsView } from '../../src/read/alerts.ts';
import type { EvidenceView } from '../../src/read/evidence-view.ts';
import type { ChangesView } from '../../src/read/views.ts';
import { asked, typed } from '../support/command-line.ts';
import { PROJECT_ROOT } from '../support/planted-tree.ts';
import { textOf } from '../support/project-files.ts';
import { documentedShapes, shapeFaults } from '../support/shapes.ts';
import { callsIn, everyCommand, pathOf, shellBlocks } from '../support/shown-commands.ts';
import { type MailServer, startMailServer } from '../support/smtp-server.ts';
import { lastingFolder } from '../support/store.ts';
import { only } from '../support/vendor-stage.ts';

const LAUNCH = join(PROJECT_ROOT, 'data/recordings/gpt-image-2-launch');
const CHANGELOG = join(PROJECT_ROOT, 'test/fixtures/watchers/openai-changelog/changelog.md');
const POST = 'https://example.org/post';

/** What the calls below name, taken from the database they are put to. */
interface Stage {
  folder: string;
  alert: string;
  evidence: string;
  snapshot: string;
  change: string;
  story: string;
  page: string;
}

interface Call {
  args: (stage: Stage) => readonly string[];
  code?: number;
}

const call = (...args: readonly string[]): Call => ({ args: () => args });

/** Every command at least once, in an order in which each finds what it asks for. */
const CALLS: Readonly<Record<string, readonly Call[]>> = {
  status: [
    call('status'),
    call('status', 'gpt-image-2'),
    call('status', 'gpt-image-2', 'gpt-5.5', '--as-of', '2026-04-21T13:59:00Z'),
    { ...call('status', 'gpt-image-2', '--facet', 'retired', '--require', 'rumor'), code: 1 },
    call('status', 'gpt-image-2', '--all'),
    {
      ...call('status', 'gpt-image-2', '--as-of', '2026-04-10', '--require', 'rumor'),
      code: 4,
    },
  ],
  explain: [call('explain', 'gpt-image-2'), call('explain', 'ChatGPT Images 2.0', 'announced')],
  timeline: [call('timeline', 'gpt-image-2')],
  evidence: [call('evidence', 'gpt-image-2'), call('evidence', 'gpt-image-2', 'announced')],
  'evidence show': [
    { args: ({ evidence }) => ['evidence', 'show', evidence] },
    { args: ({ snapshot }) => ['evidence', 'show', snapshot] },
    { args: ({ alert }) => ['evidence', 'show', alert] },
    { args: ({ story }) => ['evidence', 'show', story] },
  ],
  'evidence retract': [
    { args: ({ evidence }) => ['evidence', 'retract', evidence, '--because', 'a test'] },
  ],
  'evidence restore': [{ args: ({ evidence }) => ['evidence', 'restore', evidence] }],
  changes: [
    call('changes', '--since', '2026-04-20', '--limit', '20'),
    call('changes', '--target', 'openai-changelog', '--all'),
    { args: ({ change }) => ['changes', '--show', change] },
  ],
  sources: [call('sources'), call('sources', '--trouble')],
  'sources score': [call('sources', 'score')],
  stories: [call('stories')],
  'stories show': [{ args: ({ story }) => ['stories', 'show', story] }],
  alerts: [call('alerts'), call('alerts', '--state', 'queued', '--subject', 'gpt-image-2')],
  'alerts list': [call('alerts', 'list', '--kind', 'discovery', '--limit', '3')],
  'alerts show': [
    { args: ({ alert }) => ['alerts', 'show', alert] },
    { args: ({ story }) => ['alerts', 'show', story] },
  ],
  'alerts explain': [
    { args: ({ alert }) => ['alerts', 'explain', alert] },
    { args: ({ story }) => ['alerts', 'explain', story] },
    call('alerts', 'explain', 'gpt-image-2'),
  ],
  'alerts test': [call('alerts', 'test', 'mail')],
  'alerts retry': [call('alerts', 'retry', '--all')],
  check: [{ args: ({ folder }) => ['check', '--due', '--config', join(folder, 'nothing.yaml')] }],
  wait: [
    call('wait', 'gpt-image-2'),
    { ...call('wait', 'gpt-5.5', '--facet', 'retired', '--timeout', '1s'), code: 1 },
  ],
  follow: [call('follow', 'gpt-7.1'), call('follow')],
  unfollow: [call('unfollow', 'gpt-7.1')],
  silence: [call('silence', 'gpt-image-2', '--for', '2d', '--because', 'a test'), call('silence')],
  'silence list': [call('silence', 'list')],
  'silence end': [call('silence', 'end', 'gpt-image-2')],
  read: [
    { args: ({ page }) => ['read', page, '--url', POST] },
    { args: ({ page }) => ['read', page, '--url', POST, '--debug'] },
  ],
  try: [call('try', 'openai-changelog', '--file', CHANGELOG)],
  replay: [
    {
      args: ({ folder }) => [
        'replay',
        join(folder, 'short.yaml'),
        '--db',
        join(folder, 'short.db'),
      ],
    },
  ],
  reread: [call('reread', 'openai-news')],
  'config check': [call('config', 'check')],
  'config schema': [call('config', 'schema')],
  verify: [call('verify')],
  backup: [{ args: ({ folder }) => ['backup', join(folder, 'copy.db')] }],
  restore: [
    {
      args: ({ folder }) => ['restore', join(folder, 'copy.db'), '--db', join(folder, 'back.db')],
    },
  ],
  prune: [call('prune')],
  workers: [call('workers')],
  'db migrate': [call('db', 'migrate')],
  'export database': [
    { args: ({ folder }) => ['export', 'database', join(folder, 'whole.jsonl.gz')] },
  ],
  'export site': [
    {
      args: ({ folder }) => [
        ...['export', 'site', join(folder, 'site')],
        ...['--public-url', 'https://radar.example'],
      ],
    },
  ],
  lint: [{ args: ({ page }) => ['lint', page] }],
  import: [
    {
      args: ({ folder }) => [
        'import',
        join(folder, 'whole.jsonl.gz'),
        '--db',
        join(folder, 'in.db'),
      ],
    },
  ],
};

/** What needs the web, or ends only when it is stopped; each has tests of its own. */
const ELSEWHERE = [
  'backfill',
  'daemon',
  'demo',
  'doctor',
  'config',
  'serve',
  'mcp',
  'db',
  'export',
];

const base = lastingFolder();
let mail: MailServer;

beforeAll(async () => {
  mail = await startMailServer();
  writeConfig(base);
  await asked(['replay', LAUNCH, '--config', join(base, 'config.yaml')]);
});

afterAll(() => mail.close());

function writeConfig(folder: string): void {
  const smtp = { kind: 'email', host: mail.host, port: mail.port, tls: 'none' };
  const config = {
    store: `sqlite:${join(folder, 'firsthand.db')}`,
    follow: { subjects: ['gpt-image-2', 'gpt-5.5', 'dall-e-2'] },
    channels: { mail: { ...smtp, from: 'a@test.example', to: ['b@test.example'] } },
    routes: [{ name: 'everything', to: ['mail'], when: 'daily 08:00' }],
    log: { level: 'silent' },
  };
  writeFileSync(join(folder, 'config.yaml'), JSON.stringify(config));
  const nothing = { ...config, store: ':memory:', watchers: only({}) };
  writeFileSync(join(folder, 'nothing.yaml'), JSON.stringify(nothing));
  writeFileSync(
    join(folder, 'short.yaml'),
    JSON.stringify({
      ...{ version: 1, name: 'short' },
      captures: [{ at: '2026-04-21T19:10:00Z', url: POST, status: 503, text: 'down' }],
    }),
  );
}

/** A copy of the database that was replayed, so that one round of calls does not see what another did. */
async function stageIn(folder: string): Promise<Stage> {
  writeConfig(folder);
  copyFileSync(join(base, 'firsthand.db'), join(folder, 'firsthand.db'));
  const page = join(folder, 'page.html');
  const said = 'OpenAI has not released GPT Image 2 as of today, whatever the rumors say.';
  writeFileSync(page, `<html><head><title>A post</title></head><body><p>${said}</p></body></html>`);
  const ask = <T>(...args: string[]) =>
    asked<T>([...args, '--config', join(folder, 'config.yaml')]);
  const { alerts } = await ask<AlertsView>('alerts', '--subject', 'gpt-image-2');
  const { evidence } = await ask<EvidenceView>('evidence', 'gpt-image-2', 'announced');
  const { changes } = await ask<ChangesView>('changes');
  const { stories } = await ask<{ stories: { id: string }[] }>('stories');
  const [told, piece, change, story] = [alerts[0], evidence[0], changes[0], stories[0]];
  if (told === undefined || piece === undefined || change === undefined || story === undefined) {
    throw new Error('bare');
  }
  return {
    ...{ folder, page, alert: told.id, evidence: piece.id, snapshot: piece.snapshot },
    ...{ change: change.id, story: story.id },
  };
}

const ROUND = Object.entries(CALLS).flatMap(([path, calls]) =>
  calls.map((one) => [path, one] as const),
);

function lineOf({ args }: Call, stage: Stage): readonly string[] {
  const words = args(stage);
  return words.includes('--config')
    ? words
    : [...words, '--config', join(stage.folder, 'config.yaml')];
}

it('every command is called below, or tested elsewhere', async () => {
  const paths = everyCommand(await wholeProgram())
    .map(pathOf)
    .filter(Boolean);
  expect([...Object.keys(CALLS), ...ELSEWHERE].sort()).toEqual([...paths].sort());
});

const shapes = await documentedShapes();

/** Where a document differs from the shape that its command has, with or without an argument. */
function closestFaults(path: string, document: unknown): readonly string[] {
  const name = path.replace(/^(alerts|silence) list$/, '$1');
  const found = [...shapes]
    .filter(
      ([call]) =>
        call === name || call.replace(/ (MODEL|SNAPSHOT|ALERT|STORY|--show ID)$/, '') === name,
    )
    .map(([, shape]) => shapeFaults(document, shape));
  const [closest] = found.sort((a, b) => a.length - b.length);
  return closest ?? [`docs/json.md has no shape of ${path}`];
}

describe('with --json', () => {
  const folder = lastingFolder();
  let stage: Stage;
  beforeAll(async () => {
    stage = await stageIn(folder);
  });

  it.each(ROUND)(
    'with --json: %s prints one JSON document on standard output, and nothing else',
    async (path, one) => {
      const ended = await typed([...lineOf(one, stage), '--json']);
      expect([ended.code, ended.stderr]).toEqual([one.code ?? 0, '']);
      const document: unknown = JSON.parse(ended.stdout);
      expect(document).toBeInstanceOf(Object);
      // The document is all there is, written in one piece.
      expect(ended.stdout).toBe(`${JSON.stringify(document, null, 2)}\n`);
      if (path === 'config schema') return;
      // Several models are a list of what one is.
      const documents = Array.isArray(document) ? document : [document];
      for (const each of documents) expect(closestFaults(path, each)).toEqual([]);
    },
  );
});

describe('on a terminal of 80 columns', () => {
  const folder = lastingFolder();
  const { columns } = process.stdout;
  let stage: Stage;
  beforeAll(async () => {
    stage = await stageIn(folder);
    process.stdout.columns = 80;
  });
  afterAll(() => {
    process.stdout.columns = columns;
  });

  it.each(ROUND)(
    'on a terminal of 80 columns: %s writes no line that is wider, but for what cannot be broken',
    async (path, one) => {
      const { code, stdout, stderr } = await typed(lineOf(one, stage));
      expect(code).toBe(one.code ?? 0);
      if (path === 'config schema') return;
      const lines = `${stdout}${stderr}`.split('\n');
      expect(lines.filter((line) => stringWidth(line) > 80 && /\S\s+\S/.test(line))).toEqual([]);
      expect(stdout).not.toContain('\u001b');
      expect(stdout.trim()).not.toBe('');
    },
  );
});

/** What documents show and only the web, a far side or a file of the reader's own can answer. */
const NOT_HERE =
  /^(check|daemon|demo|doctor|backfill|try|read|replay|prune|serve|mcp|lint|export|alerts test)\b/;

const pages = await Promise.all(['README.md', 'docs/alerts.md', 'docs/config.md'].map(textOf));
const SHOWN = pages
  .flatMap(shellBlocks)
  .flatMap(callsIn)
  .map((args) => [args.join(' '), args] as const)
  .filter(([line]) => !NOT_HERE.test(line));

describe('a call that a document shows', () => {
  const folder = lastingFolder();
  let stage: Stage;
  beforeAll(async () => {
    stage = await stageIn(folder);
  });

  it.each(SHOWN)('a call that a document shows runs: %s', async (_line, args) => {
    const path = join(folder, 'config.yaml');
    const words = args.map((word) => (word === 'ID' ? stage.alert : word));
    const { code, stdout, stderr } = await typed([...words, '--config', path]);
    // A "no" that was asked for is an answer.
    expect([code, stderr]).toEqual([expect.toBeOneOf([0, 1]), '']);
    expect(stdout.trim()).not.toBe('');
  });
});
