import { type Command, Option } from 'commander';
import { systemClock } from '../../domain/clock.ts';
import { given } from '../../domain/given.ts';
import { STORY_KINDS, type StoryKind } from '../../domain/story-kind.ts';
import type { StoriesView, StoryDetail } from '../../read/stories.ts';
import { moveWords, storiesOf, storyNamed, waitWords } from '../../read/stories.ts';
import { answer, type CommonOptions, commandNamed, limitOf } from '../options.ts';
import {
  bold,
  dim,
  levelColor,
  localTime,
  shortTime,
  terminal,
  wrapped,
  zoneName,
} from '../print.ts';
import { type Columns, printTable } from '../table.ts';

interface StoriesOptions extends CommonOptions {
  subject?: string;
  kind?: StoryKind;
  limit: string;
  after?: string;
}

export function command(): Command {
  const show = commandNamed('show', 'One story with all that happened in it.', [
    'stories show st_0123456789abcdef0123',
  ])
    .argument('<id>', 'a story, or an alert that told it')
    .action(showStory);
  return commandNamed('stories', 'What happened, one story a launch, the newest first.', [
    'stories',
    'stories gpt-5.5',
    'stories show st_0123456789abcdef0123',
  ])
    .argument('[subject]', 'a model or product; without one, all that happened')
    .option('--subject <subject>', 'the same as the word behind the command')
    .addOption(new Option('--kind <kind>', 'of one kind only').choices([...STORY_KINDS]))
    .option('--limit <n>', 'at most this many', '30')
    .option('--after <cursor>', 'the next page, as the last one ended')
    .addCommand(show)
    .action(list);
}

async function list(typed: string | undefined, options: StoriesOptions): Promise<void> {
  const { subject = typed, kind, after } = options;
  const question = { limit: limitOf(options.limit), ...given({ subject, kind, cursor: after }) };
  await answer(options, ({ known }) => storiesOf(known, question), printStories);
}

async function showStory(id: string, options: CommonOptions): Promise<void> {
  await answer(options, ({ known }) => storyNamed(known, id), printStory);
}

const COLUMNS: Columns = [`last (${zoneName()})`, { title: 'what', flexible: true }];

function printStories({ stories, next }: StoriesView): void {
  if (stories.length === 0) {
    terminal.line('No story yet.');
    return;
  }
  const rows = stories.map(({ id, updatedAt, kind, title, subjects }) => ({
    cells: [shortTime(updatedAt), title === '' ? subjects.join(', ') : title],
    below: `${id} ${kind}`,
  }));
  printTable(COLUMNS, rows);
  if (next !== null) terminal.line(dim(`more: --after ${next}`));
}

function printStory(story: StoryDetail): void {
  const { id, kind, title, subjects, openedAt, dueAt, events } = story;
  terminal.text(bold(title === '' ? subjects.join(', ') : title));
  terminal.line(dim(`${id} · ${kind} · since ${localTime(openedAt)}`));
  terminal.text(`about ${subjects.join(', ')}`, '  ');
  const waits = waitWords(dueAt, systemClock.now(), localTime);
  if (dueAt !== null) terminal.line(`More of it ${waits}.`);
  terminal.line();
  for (const step of stepsIn(events, `It ${waits}.`)) {
    const head = `${localTime(step.at)}  `;
    terminal.line(`${head}${dim(wrapped(step.how, terminal.width - head.length, '  '))}`);
    for (const line of step.lines) terminal.line(`  ${wrapped(line, terminal.width - 2, '    ')}`);
  }
}

interface Step {
  at: string;
  how: string;
  lines: string[];
}

/** What happened at one moment and was told, or kept quiet, alike stands under one line. */
function stepsIn(events: StoryDetail['events'], waiting: string): readonly Step[] {
  const steps: Step[] = [];
  for (const { at, subject, move, change, because, alert } of events) {
    const page =
      change === null ? `${subject}: a reminder of its end` : `${change.title} (${change.url})`;
    const line =
      move === null ? page : `${subject} ${moveWords(move, (level) => levelColor(level)(level))}`;
    const how = alert === null ? (because ?? waiting) : `told by ${alert}`;
    const step = steps.find((one) => one.how === how && one.at.slice(0, 16) === at.slice(0, 16));
    if (step === undefined) steps.push({ at, how, lines: [line] });
    else step.lines.push(line);
  }
  return steps;
}
