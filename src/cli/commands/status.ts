import type { Command } from 'commander';
import { board } from '../../read/board.ts';
import type { Known } from '../../read/known.ts';
import { claimsMeant, labelOf, statusOf } from '../../read/status.ts';
import type { BoardView, ClaimView, StatusView } from '../../read/views.ts';
import { printBoard } from '../board.ts';
import { type CommonOptions, commandNamed, momentOf, oneOf, withRecord } from '../options.ts';
import {
  bold,
  dim,
  levelColor,
  levelWords,
  localTime,
  shortTime,
  terminal,
  voiceWords,
  wrapped,
  zoneName,
} from '../print.ts';
import { type Column, table } from '../table.ts';

interface StatusOptions extends CommonOptions {
  asOf?: string;
  facet?: string;
  require?: string;
}

const LEVELS = ['unknown', 'rumor', 'secondary', 'confirmed'];

export function command(): Command {
  return commandNamed('status', 'The level of a claim as of now or any moment in the past.', [
    'status gpt-image-2',
    'status gpt-image-2 --as-of 2026-04-21T13:59:00Z',
    'status gpt-5.5 --facet api_listed --require confirmed',
    'status',
  ])
    .argument('[subjects...]', 'models or products; without one, everything that is followed')
    .option('--as-of <time>', 'what was known at that time')
    .option('--facet <facet>', 'this claim only, such as announced or product_available:chatgpt')
    .option('--require <level>', 'exits 1 when the level is below rumor, secondary or confirmed')
    .action(run);
}

async function run(subjects: readonly string[], options: StatusOptions): Promise<void> {
  const asOf = momentOf(options.asOf, '--as-of');
  oneOf(options.require, '--require', LEVELS);
  await withRecord(options, async ({ known }) => {
    if (subjects.length === 0) showBoard(await board(known, asOf), options);
    else await showSubjects(known, subjects, asOf, options);
  });
}

function showBoard(view: BoardView, { json }: StatusOptions): void {
  if (json) terminal.json(view);
  else printBoard(view);
}

async function showSubjects(
  known: Known,
  subjects: readonly string[],
  asOf: string,
  options: StatusOptions,
): Promise<void> {
  const views: StatusView[] = [];
  for (const subject of subjects) {
    views.push(narrowed(await statusOf(known, subject, asOf), options.facet));
  }
  if (options.json) terminal.json(views.length === 1 ? views[0] : views);
  else for (const view of views) printStatus(view);
  if (!views.every((view) => reaches(view, options))) process.exitCode = 1;
}

function narrowed(view: StatusView, facet: string | undefined): StatusView {
  if (facet === undefined) return view;
  return { ...view, claims: [...claimsMeant(view, facet)] };
}

function reaches(view: StatusView, options: StatusOptions): boolean {
  if (options.require === undefined) return true;
  const level = options.facet === undefined ? view.level : (view.claims[0]?.level ?? 'unknown');
  return LEVELS.indexOf(level) >= LEVELS.indexOf(options.require);
}

const CLAIM_COLUMNS: readonly Column[] = [
  { title: 'claim', flexible: true },
  { title: 'level', color: levelColor },
  { title: `since (${zoneName()})` },
  { title: 'voices' },
  { title: 'primary' },
];

function printStatus(view: StatusView): void {
  const { width } = terminal;
  const title = `${bold(view.name)} ${dim(`(${view.subject}, ${view.vendor})`)}`;
  terminal.line(`${title}  ${levelColor(view.level)(bold(view.level.toUpperCase()))}`);
  terminal.line(dim(`known at ${localTime(view.asOf)}`));
  if (view.discovered !== null) {
    const { at, target, firstHand } = view.discovered;
    const how = firstHand ? 'first-hand' : 'by a report';
    terminal.line(dim(`found ${how} at ${localTime(at)} in ${target}`));
  }
  terminal.line();
  const spoken = view.claims.filter(({ rule, facet }) => rule !== '7' || facet === 'released');
  const quiet = view.claims.filter((claim) => !spoken.includes(claim));
  terminal.line(table(CLAIM_COLUMNS, spoken.map(claimRow), width));
  for (const claim of spoken.filter(({ flags }) => flags.length > 0)) {
    const flags = claim.flags.map((flag) => flag.replaceAll('_', ' ')).join(', ');
    terminal.line(wrapped(`${labelOf(claim)}: ${flags}`, width, '  '));
  }
  if (quiet.length > 0) {
    terminal.line(dim(wrapped(`nothing said of: ${quiet.map(labelOf).join(', ')}`, width, '  ')));
  }
  for (const line of new Set(spoken.flatMap(({ notChecked }) => notChecked))) {
    terminal.line(wrapped(`not checked: ${line}`, width, '  '));
  }
  terminal.line(dim(`why: firsthand explain ${view.subject}`));
  terminal.line();
}

function claimRow(claim: ClaimView): readonly string[] {
  const { level, status, since, voices, primary } = claim;
  return [
    ...[labelOf(claim), levelWords(level, status), shortTime(since), voiceWords(voices)],
    primary.mandatory === 0
      ? '-'
      : `${primary.state.replaceAll('_', ' ')} ${primary.checked}/${primary.mandatory}`,
  ];
}
