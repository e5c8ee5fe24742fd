import type { Command } from 'commander';
import { type FollowList, follow, followList, unfollow } from '../../operations/follow.ts';
import { type CommonOptions, commandNamed, withDatabase } from '../options.ts';
import { dim, present, shortTime, terminal, wrapped, zoneName } from '../print.ts';
import { type Column, table } from '../table.ts';

export function command(): Command {
  return commandNamed(
    'follow',
    'Follows a model or product in addition to those in the configuration. Without one, lists what is followed. A running daemon reads its pages within a minute, "check" from its next pass on.',
    ['follow gpt-image-2', 'follow'],
  )
    .argument('[subject]', 'a model or product; also one nobody has spoken of yet, by its id')
    .action(run);
}

async function run(subject: string | undefined, options: CommonOptions): Promise<void> {
  if (subject === undefined) await showList(options);
  else await add(subject, options);
}

async function add(subject: string, options: CommonOptions): Promise<void> {
  const followed = await withDatabase(options, (open) => follow(open, subject));
  if (options.json) {
    terminal.json(followed);
    return;
  }
  terminal.line(`${followed.subject} is followed.`);
  if (followed.known) return;
  const near = followed.near.length === 0 ? '' : ` Known are ${followed.near.join(', ')}.`;
  const note = `Nobody has spoken of it yet: its pages are read from its first mention on.${near}`;
  terminal.line(dim(wrapped(note, terminal.width)));
}

async function showList(options: CommonOptions): Promise<void> {
  const list = await withDatabase(options, (open) => followList(open));
  present(options, list, print);
}

const COLUMNS: readonly Column[] = [
  { title: 'subject' },
  { title: 'by' },
  { title: `since (${zoneName()})` },
  { title: 'name', flexible: true },
];

function print({ followed, discover, revealed, except }: FollowList): void {
  const rows = followed.map(({ subject, name, by, since }) => [
    ...[subject, by, shortTime(since)],
    name ?? 'nobody has spoken of it yet',
  ]);
  if (rows.length === 0) terminal.line('Nobody is followed by name.');
  else terminal.line(table(COLUMNS, rows, terminal.width));
  if (discover) {
    const found = revealed.length === 0 ? 'none so far' : revealed.join(', ');
    terminal.line(wrapped(`and what vendors reveal: ${found}`, terminal.width, '  '));
  }
  if (except.length > 0) {
    terminal.line(wrapped(`but not: ${except.join(', ')}`, terminal.width, '  '));
  }
}

export function unfollowCommand(): Command {
  return commandNamed(
    'unfollow',
    'Follows a model or product no more: no alerts are raised on it, and its own pages are no longer read. What is known of it stays.',
    ['unfollow gpt-image-2'],
  )
    .argument('<subject>', 'a model or product')
    .action(remove);
}

async function remove(subject: string, options: CommonOptions): Promise<void> {
  const unfollowed = await withDatabase(options, (open) => unfollow(open, subject));
  if (options.json) terminal.json(unfollowed);
  else {
    const said = `${unfollowed.subject} is not followed. "firsthand follow ${unfollowed.subject}" takes that back.`;
    terminal.line(wrapped(said, terminal.width));
  }
}
