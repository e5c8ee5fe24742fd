import { expect, it } from 'vitest';
import { git } from '../../support/project-files.ts';

const FORM = /^(build|chore|ci|docs|feat|fix|perf|refactor|revert|style|test)(\([\w./-]+\))?!?: \S/;

/** From this commit on a message names the room it is about. */
const SCOPED_SINCE = '9c63b205ba27fd588e20809e88eec0d34d8d8401';

const SCOPED = /^\w+\([\w./-]+\)!?: \S/;

/** Fewer than this are no history to judge: a shallow clone, or a tree that was committed as a whole. */
const ENOUGH = 20;

/** A message that is in cannot be mended, so one slip in ten is let pass. */
const SHARE = 0.9;

function wellFormed(messages: readonly string[]): readonly string[] {
  return messages.filter((message) => FORM.test(message));
}

const log = await git('log', '--no-merges', '--max-count=50', '--format=%s');
const messages = log?.trimEnd().split('\n') ?? [];

const later = await git(
  'log',
  '--no-merges',
  '--max-count=50',
  '--format=%s',
  `${SCOPED_SINCE}..HEAD`,
);
const scoped = later?.trimEnd().split('\n') ?? [];

it.skipIf(scoped.length < ENOUGH)(
  'the commit messages name the room they are about as their scope',
  () => {
    const others = scoped.filter((message) => !SCOPED.test(message));
    expect(1 - others.length / scoped.length, others.join('\n')).toBeGreaterThanOrEqual(SHARE);
  },
);

it.skipIf(messages.length < ENOUGH)(
  'the commit messages have the form of Conventional Commits',
  () => {
    const good = wellFormed(messages);
    const others = messages.filter((message) => !good.includes(message));
    expect(good.length / messages.length, others.join('\n')).toBeGreaterThanOrEqual(SHARE);
  },
);

it('the commit messages are told from those that have another form', () => {
  expect(
    wellFormed(['feat: watch it', 'fix(store)!: keep it', 'Watch it', 'feat:it', 'wip: it']),
  ).toEqual(['feat: watch it', 'fix(store)!: keep it']);
});
