import type { Alert } from '../domain/alert.ts';
import type { CheckReport, ReplayEvent } from '../domain/check-report.ts';
import type { Change } from '../domain/item.ts';
import type { Transition } from '../domain/verdict.ts';
import { bold, dim, levelColor, localTime, red } from './print.ts';

/** One line a thing worth telling, as it happens: a change, a level that moved, an alert, a source in trouble. */
export function storyOf(event: ReplayEvent): readonly string[] {
  const when = dim(localTime(event.at));
  if (event.kind === 'reconsidered') {
    return [...movesOf(event.judged.transitions), ...alertsOf(event.judged.alerts)].map(
      (line) => `${when}  ${line}`,
    );
  }
  const { report } = event;
  const lines = [
    ...troubleOf(report),
    ...changesOf(report.changes, report.target.watcher),
    ...movesOf(report.transitions),
    ...alertsOf(report.alerts),
  ];
  return lines.map((line) => `${when}  ${line}`);
}

function troubleOf({ error, target, outcome }: CheckReport): readonly string[] {
  return error === null ? [] : [`${red(outcome)} ${target.watcher} ${dim(error.message)}`];
}

/** What the first good answers held is one line, not a hundred. */
function changesOf(changes: readonly Change[], watcher: string): readonly string[] {
  const told = changes.filter(({ baseline }) => !baseline);
  if (changes.length > 0 && told.length === 0) {
    return [`${dim(`${watcher} baseline, ${changes.length} entries`)}`];
  }
  return told.map(({ kind, title }) => `${watcher} ${kind}: ${title}`);
}

function movesOf(transitions: readonly Transition[]): readonly string[] {
  return transitions
    .filter(({ quiet, from, to }) => !quiet && from.level !== to.level)
    .map(({ subject, from, to, rule }) => {
      const move = `${levelColor(from.level)(from.level)} → ${levelColor(to.level)(to.level)}`;
      return `  ${bold(subject)} ${move} ${dim(`rule ${rule}`)}`;
    });
}

function alertsOf(alerts: readonly Alert[]): readonly string[] {
  return alerts.map(({ message }) => `  ${bold('alert')} ${message.title}`);
}
