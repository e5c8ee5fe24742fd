import { join } from 'node:path';
import type { Command } from 'commander';
import { type DemoSummary, runDemo } from '../../demo/demo.ts';
import { packageRoot } from '../../package-root.ts';
import { board } from '../../read/board.ts';
import { type CommonOptions, commandNamed, withDatabase } from '../options.ts';
import { bold, dim, green, localTime, terminal, wrapped } from '../print.ts';
import { storyOf } from '../replay-log.ts';
import { printBoard } from '../status-screen.ts';

interface DemoCommand extends CommonOptions {
  folder: string;
  recording?: string;
}

export function command(): Command {
  return commandNamed(
    'demo',
    'Replays the recorded launch of gpt-image-2 through real HTTP, mail and chat on this machine.',
    ['demo', 'demo --folder /tmp/firsthand-demo'],
  )
    .option(
      '--folder <folder>',
      'where the demo keeps its database; emptied first',
      join('data', 'state', 'demo'),
    )
    .option('--recording <path>', 'another recording than the one in the package')
    .action(run);
}

const TITLE =
  'A launch as it unfolded: real requests, real mail, real chat, on the clock of April and May 2026.';

async function run(options: DemoCommand): Promise<void> {
  const recording =
    options.recording ?? join(packageRoot(), 'data', 'recordings', 'gpt-image-2-launch');
  let begun = false;
  const say = (line: string) => {
    if (options.json) return;
    // Not before there is something to tell: a recording that cannot be read is told alone.
    if (!begun) terminal.line(`${bold(wrapped(TITLE, terminal.width))}\n`);
    begun = true;
    terminal.line(line);
  };
  const summary = await runDemo({
    folder: options.folder,
    recording,
    onEvent: (event) => storyOf(event).forEach(say),
    onDelivered: (at, mails, posts) =>
      say(
        `${dim(localTime(at))}    ${green('delivered')} ${dim(`mail ${mails}, chat ${posts} so far`)}`,
      ),
  });
  await withDatabase({ config: summary.config }, async ({ known }) => {
    const view = await board(known, summary.until);
    if (options.json) terminal.json({ ...summary, board: view });
    else close(summary, () => printBoard(view));
  });
}

function close(summary: DemoSummary, showBoard: () => void): void {
  const { captures, requests, notModified, mails, posts, config, db } = summary;
  terminal.line();
  terminal.line(bold('The board at the end of the recording'));
  showBoard();
  terminal.line();
  terminal.line(
    `${captures} captures, ${requests} requests (${notModified} answered 304), ${mails.length} mails, ${posts.length} chat posts.`,
  );
  terminal.line(
    `The database is in ${db.replace('sqlite:', '')}. Ask it, at any moment of the past:`,
  );
  const ask = `npx firsthand`;
  for (const question of QUESTIONS) terminal.line(`  ${ask} ${question} --config ${config}`);
}

const QUESTIONS = [
  'status gpt-image-2 --as-of 2026-04-17T23:59:00Z',
  'explain gpt-image-2 announced --as-of 2026-04-21T13:59:00Z',
  'timeline gpt-image-2',
  'changes --since 2026-04-21',
];
