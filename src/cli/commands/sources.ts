import type { Command } from 'commander';
import { DAY, elapsed } from '../../domain/time.ts';
import type { OutletsView } from '../../read/outlets.ts';
import { outletsOf } from '../../read/outlets.ts';
import type { IgnoredRow } from '../../read/sources.ts';
import { ignoredOf, sourcesOf } from '../../read/sources.ts';
import type { SourcesView } from '../../read/views.ts';
import { answer, type CommonOptions, commandNamed, parsePast, withDatabase } from '../options.ts';
import { dim, green, localTime, red, spanWords, terminal } from '../print.ts';
import { type Columns, printTable } from '../table.ts';

export function command(): Command {
  const sources = commandNamed('sources', 'Every address that is read, and how it is doing.', [
    'sources',
    'sources --as-of 2026-04-21',
    'sources score',
  ])
    .option('--trouble', 'only those that are not well')
    .option('--as-of <time>', 'how they were doing at that time')
    .action(run);
  const score = commandNamed(
    'score',
    'How well each outlet did on claims that are settled. It never influences a level.',
    ['sources score', 'sources score --as-of 2026-05-01'],
  )
    .option('--as-of <time>', 'by what was known at that time')
    .action(runScore);
  return sources.addCommand(score);
}

async function run(options: CommonOptions & { trouble?: boolean; asOf?: string }): Promise<void> {
  const asOf = parsePast(options.asOf, '--as-of');
  await withDatabase(options, async ({ known }) => {
    const view = await sourcesOf(known, asOf);
    const isShown = ({ health }: SourcesView['sources'][number]) =>
      options.trouble !== true || !['ok', 'off', 'unchecked'].includes(health);
    const shown = { ...view, sources: view.sources.filter(isShown) };
    const ignored = await ignoredOf(known, view.sources);
    if (options.json) terminal.json({ ...shown, ignored });
    else print(shown, ignored);
  });
}

const COLUMNS: Columns = [
  { title: 'health', color: colorOf },
  'good',
  'next',
  'changed',
  { title: 'watcher', flexible: true },
];

function colorOf(health: string): (text: string) => string {
  if (health === 'ok') return green;
  return health === 'off' || health === 'unchecked' ? dim : red;
}

function print({ sources, asOf }: SourcesView, ignored: readonly IgnoredRow[]): void {
  if (sources.length === 0) {
    terminal.line('Nothing is read yet. Run: firsthand check');
    return;
  }
  const rows = sources.map((source) => ({
    cells: [
      ...[source.health, agoWords(source.lastGoodAt, asOf), untilWords(source.nextCheckAt, asOf)],
      ...[agoWords(source.lastChangeAt, asOf), source.watcher],
    ],
    below: source.url,
  }));
  printTable(COLUMNS, rows);
  terminal.line(dim('good, changed: how long ago the last good check and the last change were'));
  const said = new Set<string>();
  for (const source of sources) if (source.reason !== null) printReason(source, said);
  for (const { target, subjects, why } of ignored) {
    const named = subjects.slice(0, MOST_NAMED).join(' ');
    const rest = subjects.length > MOST_NAMED ? ` and ${subjects.length - MOST_NAMED} more` : '';
    terminal.text(dim(`${target} ignored: ${named}${rest}: ${why}`), '  ');
  }
}

/** Ignored ids that are printed of one page. */
const MOST_NAMED = 5;

/** Why it is not well; what several addresses lack alike in the configuration is said once. */
function printReason(
  { target, watcher, health, reason, since, lastGoodAt }: SourcesView['sources'][number],
  said: Set<string>,
): void {
  if (health === 'off') {
    const line = `${watcher} is off: ${reason}`;
    if (!said.has(line)) terminal.text(dim(line), '  ');
    said.add(line);
    return;
  }
  const good = lastGoodAt === null ? 'never read well' : `last good ${localTime(lastGoodAt)}`;
  const line = `${target} since ${localTime(since)}, ${good}: ${reason}`;
  terminal.text(dim(line), '  ');
}

function agoWords(moment: string | null, now: string): string {
  return moment === null ? '-' : spanWords(elapsed(moment, now));
}

function untilWords(moment: string | null, now: string): string {
  if (moment === null) return '-';
  return moment <= now ? 'due' : spanWords(elapsed(now, moment));
}

async function runScore(options: CommonOptions & { asOf?: string }): Promise<void> {
  const asOf = parsePast(options.asOf, '--as-of');
  await answer(options, ({ known }) => outletsOf(known, asOf), printScore);
}

const SCORE_COLUMNS: Columns = [
  'grade',
  { title: 'outlet', flexible: true },
  'claims',
  'Brier',
  '90 % range',
  'ahead',
  'early',
  'stale',
  'copied',
];

/** What was scored so long ago may say little of an outlet today. */
const OLD = 90 * DAY;

function silenceWords(silence: number): string {
  return silence > OLD ? `last heard on a settled claim ${spanWords(silence)} ago` : '';
}

function printScore({ outlets, settled, asOf }: OutletsView): void {
  if (outlets.length === 0) {
    terminal.line(`No outlet has spoken of a claim that is settled (${settled} are).`);
    return;
  }
  const rows = outlets.map((one) => ({
    cells: [
      one.grade ?? '-',
      one.name,
      String(one.claims),
      one.brier.mean.toFixed(2),
      `${one.brier.low.toFixed(2)}–${one.brier.high.toFixed(2)}`,
      one.leadHours === null ? '-' : `${Math.round(one.leadHours)} h`,
      String(one.premature),
      String(one.stale),
      `${Math.round(one.copiedShare * 100)} %`,
    ],
    below: silenceWords(elapsed(one.lastAt, asOf)),
  }));
  printTable(SCORE_COLUMNS, rows);
  const about =
    'Brier: 0 is always sure and right, 0.25 a coin; no letter before ten settled claims. Ahead of the confirmation in hours; early: said before it was so; stale: denied when it was so; copied: the share of pages that pass on what others say.';
  terminal.text(dim(about));
}
