import type { Command } from 'commander';
import { unfollow } from '../../operations/follow.ts';
import { type CommonOptions, commandNamed, withDatabase } from '../options.ts';
import { terminal, wrapped } from '../print.ts';

export function command(): Command {
  return commandNamed(
    'unfollow',
    'Follows a model or product no more: no alerts are raised on it, and its own pages are no longer read. What is known of it stays.',
    ['unfollow gpt-image-2'],
  )
    .argument('<subject>', 'a model or product')
    .action(run);
}

async function run(subject: string, options: CommonOptions): Promise<void> {
  const unfollowed = await withDatabase(options, (open) => unfollow(open, subject));
  if (options.json) terminal.json(unfollowed);
  else {
    const said = `${unfollowed.subject} is not followed. "firsthand follow ${unfollowed.subject}" takes that back.`;
    terminal.line(wrapped(said, terminal.width));
  }
}
