import type { Command } from 'commander';
import {
  type Followed,
  type FollowList,
  follow,
  followList,
  unfollow,
} from '../../operations/follow.ts';
import { answer, type CommonOptions, commandNamed } from '../options.ts';
import { dim, shortTime, terminal, zoneName } from '../print.ts';
import { type Columns, printTable } from '../table.ts';

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
  if (subject === undefined) await answer(options, followList, print);
  else await answer(options, (open) => follow(open, subject), printFollowed);
}

function printFollowed({ subject, known, near }: Followed): void {
  terminal.line(`${subject} is followed.`);
  if (known) return;
  const others = near.length === 0 ? '' : ` Known are ${near.join(', ')}.`;
  const note = `Nobody has spoken of it yet: its pages are read from its first mention on.${others}`;
  terminal.text(dim(note));
}

const COLUMNS: Columns = [
  'subject',
  'by',
  `since (${zoneName()})`,
  { title: 'name', flexible: true },
];

function print({ followed, discover, revealed, except }: FollowList): void {
  const rows = followed.map(({ subject, name, by, since }) => [
    ...[subject, by, shortTime(since)],
    name ?? 'nobody has spoken of it yet',
  ]);
  if (rows.length === 0) terminal.line('Nobody is followed by name.');
  else printTable(COLUMNS, rows);
  if (discover) {
    const found = revealed.length === 0 ? 'none so far' : revealed.join(', ');
    terminal.text(`and what vendors reveal: ${found}`, '  ');
  }
  if (except.length > 0) {
    terminal.text(`but not: ${except.join(', ')}`, '  ');
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
  const print = ({ subject: id }: { subject: string }) =>
    terminal.text(`${id} is not followed. "firsthand follow ${id}" takes that back.`);
  await answer(options, (open) => unfollow(open, subject), print);
}
