import type { Command } from 'commander';
import { board } from '../../read/board.ts';
import type { Known } from '../../read/known.ts';
import {
  claimsMeant,
  REQUIRED_LEVELS,
  requirementOf,
  statusAwaited,
  statusOf,
} from '../../read/status.ts';
import type { StatusView } from '../../read/views.ts';
import { type CommonOptions, commandNamed, oneOf, parsePast, withDatabase } from '../options.ts';
import { present, terminal } from '../print.ts';
import { printBoard, printClaims, printStatus } from '../status-screen.ts';

interface StatusOptions extends CommonOptions {
  all?: boolean;
  asOf?: string;
  facet?: string;
  require?: string;
}

type Level = (typeof REQUIRED_LEVELS)[number];

export function command(): Command {
  return commandNamed(
    'status',
    'Whether a model is out, where, and who says so, as of now or any moment in the past.',
    [
      'status gpt-image-2',
      'status gpt-image-2 --as-of 2026-04-21T13:59:00Z',
      'status gpt-5.5 --facet api_listed --require confirmed',
      'status',
    ],
  )
    .argument('[subjects...]', 'models or products; without one, everything that is followed')
    .option('--all', 'every claim, with its flags and what could not be checked')
    .option('--as-of <time>', 'what was known at that time')
    .option('--facet <facet>', 'this claim only, such as announced or product_available:chatgpt')
    .option(
      '--require <level>',
      'exits 1 when the level is below rumor, secondary or confirmed, 4 when the database cannot say',
    )
    .action(run);
}

async function run(subjects: readonly string[], options: StatusOptions): Promise<void> {
  const asOf = parsePast(options.asOf, '--as-of');
  const level = oneOf(options.require, '--require', REQUIRED_LEVELS);
  await withDatabase(options, async ({ known }) => {
    if (subjects.length === 0) present(options, await board(known, asOf), printBoard);
    else await showSubjects(known, subjects, asOf, options, level);
  });
}

async function showSubjects(
  known: Known,
  subjects: readonly string[],
  asOf: string,
  options: StatusOptions,
  level: Level | null,
): Promise<void> {
  const views: StatusView[] = [];
  const ask = level === null ? statusOf : statusAwaited;
  for (const subject of subjects) {
    views.push(narrowed(await ask(known, subject, asOf), options.facet));
  }
  const isWhole = options.all === true || options.facet !== undefined;
  if (options.json) terminal.json(views.length === 1 ? views[0] : views);
  else for (const view of views) (isWhole ? printClaims : printStatus)(view, options);
  const code = exitCodeFor(views, options.facet ?? null, level);
  if (code !== 0) process.exitCode = code;
}

function narrowed(view: StatusView, facet: string | undefined): StatusView {
  if (facet === undefined) return view;
  return { ...view, claims: [...claimsMeant(view, facet)] };
}

/** 1 for a "no" that was asked for, 4 where the database is too old to say. */
function exitCodeFor(
  views: readonly StatusView[],
  facet: string | null,
  wanted: Level | null,
): number {
  if (wanted === null) return 0;
  const found = views.map((view) => requirementOf(view, facet, wanted));
  if (found.includes('not-met')) return 1;
  return found.includes('cannot-say') ? 4 : 0;
}
