import { describe, expect, it } from 'vitest';
import { git } from '../../support/project-files.ts';

const FORM = /^(build|chore|ci|docs|feat|fix|perf|refactor|revert|style|test)(\([\w./-]+\))?!?: \S/;

/** Fewer than this are no history to judge: a shallow clone, or a tree that was committed as a whole. */
const ENOUGH = 20;

/** A message that is in cannot be mended, so one slip in ten is let pass. */
const SHARE = 0.9;

function wellFormed(messages: readonly string[]): readonly string[] {
  return messages.filter((message) => FORM.test(message));
}

const log = await git('log', '--no-merges', '--max-count=50', '--format=%s');
const messages = log?.trimEnd().split('\n') ?? [];

describe('the commit messages', () => {
  it.skipIf(messages.length < ENOUGH)('have the form of Conventional Commits', () => {
    const good = wellFormed(messages);
    const others = messages.filter((message) => !good.includes(message));
    expect(good.length / messages.length, others.join('\n')).toBeGreaterThanOrEqual(SHARE);
  });

  it('are told from those that have another form', () => {
    expect(
      wellFormed(['feat: watch it', 'fix(store)!: keep it', 'Watch it', 'feat:it', 'wip: it']),
    ).toEqual(['feat: watch it', 'fix(store)!: keep it']);
  });
});
