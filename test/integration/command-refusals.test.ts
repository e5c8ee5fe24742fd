import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { typed } from '../support/command-line.ts';
import { lastingFolder } from '../support/store.ts';
import { only } from '../support/vendor-stage.ts';

const folder = lastingFolder();
const config = join(folder, 'config.yaml');
const page = join(folder, 'page.html');
writeFileSync(
  config,
  JSON.stringify({
    store: `sqlite:${join(folder, 'firsthand.db')}`,
    watchers: only({ 'openai-changelog': {}, 'openai-sdk-node': {} }),
    log: { level: 'silent' },
  }),
);
writeFileSync(page, '<p>Nothing.</p>');
writeFileSync(join(folder, 'wrong.yaml'), 'follow:\n  subjcts: [gpt-5]\n');
writeFileSync(join(folder, 'taken.db'), 'no database');
mkdirSync(join(folder, 'empty'));

async function ended(args: readonly string[]) {
  const own = args.includes('--config') ? [] : ['--config', config];
  return typed([...args, ...own]);
}

it.each([
  ['status', 'gtp-image-2'],
  ['explain', 'gtp-image-2'],
  ['timeline', 'gtp-image-2'],
  ['evidence', 'gtp-image-2'],
  ['alerts', '--subject', 'gtp-image-2'],
  ['wait', 'gtp-image-2'],
  ['follow', 'gtp-image-2'],
  ['unfollow', 'gtp-image-2'],
  ['silence', 'gtp-image-2', '--for', '1h'],
])('a name that nobody bears ends %s with 3 and what may have been meant', async (...args) => {
  const { code, stdout, stderr } = await ended(args);
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toContain('Did you mean gpt-image-2');
  const asDocument = await ended([...args, '--json']);
  expect([asDocument.code, asDocument.stderr]).toEqual([3, '']);
  const { error } = JSON.parse(asDocument.stdout) as { error: { near: string[] } };
  expect(error.near).toContain('gpt-image-2');
});

it.each([
  ['evidence', 'show', 'ev_0'],
  ['evidence', 'retract', 'ev_0', '--because', 'x'],
  ['evidence', 'restore', 'ev_0'],
  ['changes', '--show', 'ch_0'],
  ['changes', '--target', 'nowhere'],
  ['alerts', 'show', 'al_0'],
  ['alerts', 'explain', 'dl_0'],
  ['alerts', 'retry', 'al_0'],
  ['alerts', 'test', 'mail'],
  ['silence', 'end', 'gpt-5.4'],
  ['check', 'changelog'],
  ['reread', 'changelog'],
  ['try', 'changelog'],
  ['backfill', 'sdk-node'],
  ['restore', join(folder, 'missing.db')],
])('a name that nobody bears ends %s %s with 3', async (...args) => {
  const { code, stdout, stderr } = await ended(args);
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr.trim()).not.toBe('');
});

/** Each call, and the words that say which of its parts is wrong. */
const MISTAKES: readonly (readonly [args: readonly string[], place: string])[] = [
  [['status', '--as-of', 'yesterday'], '--as-of "yesterday"'],
  ...[['status'], ['explain', 'gpt-5.4'], ['timeline', 'gpt-5.4'], ['sources', 'score']].map(
    (call): [string[], string] => [[...call, '--as-of', '9000-01-01'], 'lies in the future'],
  ),
  [['status', '--require', 'sure'], '--require "sure"'],
  [['status', 'gpt-5.4', '--facet', 'sold'], '"sold"'],
  [['explain', 'gpt-5.4', 'sold'], '"sold"'],
  [['explain', 'gpt-5.4', '--as-of', '2026-02-30'], '--as-of "2026-02-30"'],
  [['explain', 'gpt-5.4', '--as-of', '2026-02-30T10:00:00Z'], '--as-of "2026-02-30T10:00:00Z"'],
  [['explain', 'gpt-5.4', '--as-of', '2026-04-31T10:00+02:00'], '--as-of "2026-04-31T10:00+02:00"'],
  [['timeline', 'gpt-5.4', '--as-of', 'x'], '--as-of "x"'],
  [['evidence', 'gpt-5.4', 'sold'], '"sold"'],
  [['evidence', 'gpt-5.4', '--as-of', 'x'], '--as-of "x"'],
  [['evidence', 'retract', 'ev_0'], '--because'],
  [['changes', '--since', 'x'], '--since "x"'],
  [['changes', '--until', 'x'], '--until "x"'],
  [['changes', '--limit', '0'], '--limit "0"'],
  [['changes', '--after', 'x'], 'no page at x'],
  [['sources', 'score', '--as-of', 'x'], '--as-of "x"'],
  [['alerts', '--kind', 'x'], '--kind "x"'],
  [['alerts', '--state', 'lost'], '--state "lost"'],
  [['alerts', '--limit', 'all'], '--limit "all"'],
  [['alerts', '--after', 'x'], 'no page at x'],
  [['alerts', 'retry'], '--channel'],
  [['wait', 'gpt-5.4', '--level', 'sure'], '--level "sure"'],
  [['wait', 'gpt-5.4', '--timeout', 'x'], '--timeout "x"'],
  [['wait', 'gpt-5.4', '--facet', 'sold'], '"sold"'],
  [['silence', 'gpt-5.4'], '--for'],
  [['silence', 'gpt-5.4', '--for', 'x'], '--for "x"'],
  [['read', page], '--url'],
  [['read', page, '--url', 'x'], '--url "x"'],
  [['read', join(folder, 'missing.html'), '--url', 'https://a.example'], 'missing.html'],
  [['read', page, '--url', 'https://a.example', '--at', 'x'], '--at "x"'],
  [['try', 'openai-changelog', '--url', 'x'], '--url "x"'],
  [['try', 'openai-changelog', '--file', join(folder, 'missing.md')], 'missing.md'],
  [['backfill', 'openai-sdk-node', '--since', 'x'], '--since "x"'],
  [['backfill', 'openai-sdk-node', '--most', '0'], '--most "0"'],
  [['replay', join(folder, 'missing.yaml')], 'missing.yaml'],
  [['replay', join(folder, 'empty')], 'empty'],
  [['replay', join(folder, 'empty'), '--until', 'x'], '--until "x"'],
  [['daemon', '--port', '99999'], '--port'],
  [['demo', '--recording', join(folder, 'missing'), '--folder', join(folder, 'd')], 'missing'],
  [['backup', page], 'page.html'],
  [['backup'], 'retention.backup'],
  [['status', '--config', join(folder, 'missing.yaml')], 'missing.yaml'],
  [['status', '--config', join(folder, 'wrong.yaml')], 'wrong.yaml:2: follow.subjcts'],
  [['status', '--db', join(folder, 'taken.db')], 'taken.db'],
  [['status', '--db', 'mysql://here'], 'mysql'],
  [['status', '--nope'], '--nope'],
  [['statsu'], 'statsu'],
  [['explain'], 'subject'],
];

it.each(MISTAKES)('a mistake in %j ends with 2 and says where it is', async (args, place) => {
  const { code, stdout, stderr } = await ended(args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(place);
  expect(stderr).not.toMatch(/\n\s+at /);
  const asDocument = await ended([...args, '--json']);
  expect([asDocument.code, asDocument.stderr]).toEqual([2, '']);
  const { error } = JSON.parse(asDocument.stdout) as { error: { message: string } };
  expect(error.message).toContain(place);
});
