import type { Alert } from '../domain/alert.ts';
import type { CheckReport, ReplayEvent } from '../domain/check-report.ts';
import type { Change } from '../domain/item.ts';
import { bold, dim, levelColor, localTime, red, terminal, wrapped } from './print.ts';

/** One line a thing worth telling, as it happens: a source in trouble, a change, an alert with what moved. */
export function storyOf(event: ReplayEvent): readonly string[] {
  if (event.kind === 'passed-over') return [];
  const lines = event.kind === 'checked' ? linesOf(event.report) : alertLines(event.judged.alerts);
  const when = localTime(event.at);
  return lines.map((line) => told(when, line));
}

/** A line behind its time; what does not fit stands under it. */
function told(when: string, line: string): string {
  const text = line.trimStart();
  const before = when.length + 2 + (line.length - text.length);
  const indent = ' '.repeat(line.length - text.length);
  return `${dim(when)}  ${indent}${wrapped(text, terminal.width - before, ' '.repeat(before))}`;
}

function linesOf(report: CheckReport): readonly string[] {
  const { error, target, outcome, changes, alerts } = report;
  const trouble =
    error === null || error.kind === 'off'
      ? []
      : [`${red(outcome)} ${target.watcher} ${dim(error.message)}`];
  return [...trouble, ...changeLines(changes, target.watcher), ...alertLines(alerts)];
}

/** How many entries of one answer are told one by one. */
const MOST = 6;

/** What the first good answers held is one line, not a hundred. */
function changeLines(changes: readonly Change[], watcher: string): readonly string[] {
  const news = changes.filter(({ baseline }) => !baseline);
  if (changes.length > 0 && news.length === 0) {
    return [
      dim(
        `${watcher} first sight, ${changes.length} ${changes.length === 1 ? 'entry' : 'entries'}`,
      ),
    ];
  }
  const told = news.slice(0, MOST).map(({ kind, title }) => `${watcher} ${kind}: ${title}`);
  return news.length > MOST ? [...told, `${watcher} and ${news.length - MOST} more`] : told;
}

function alertLines(alerts: readonly Alert[]): readonly string[] {
  return alerts.flatMap(({ message }) => [
    `  ${bold('alert')} ${message.title}`,
    ...moveLines(message.moves),
  ]);
}

/** What moved alike for several models is one line. */
function moveLines(moves: Alert['message']['moves']): readonly string[] {
  const lines = new Map<string, number>();
  for (const { facet, from, to, status } of moves) {
    const move = `${levelColor(from)(from)} → ${levelColor(to)(to)}`;
    const more = status === to ? '' : ` ${dim(status.replaceAll('_', ' '))}`;
    const line = `        ${facet}: ${move}${more}`;
    lines.set(line, (lines.get(line) ?? 0) + 1);
  }
  return [...lines].map(([line, count]) => (count === 1 ? line : `${line} (${count} models)`));
}
