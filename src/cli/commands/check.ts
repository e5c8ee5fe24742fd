import type { Command } from 'commander';
import { type CheckSummary, runCheck } from '../../app/checking.ts';
import type { CheckReport } from '../../domain/check-report.ts';
import { appOptions, type CommonOptions, commandNamed, interruption } from '../options.ts';
import { dim, green, levelColor, red, terminal, wrapped } from '../print.ts';

interface CheckOptions extends CommonOptions {
  due?: boolean;
}

export function command(): Command {
  return commandNamed(
    'check',
    'One pass over the sources: reads them, judges what changed, delivers alerts, exits.',
    ['check', 'check openai-news openai-changelog', 'check --due'],
  )
    .argument('[watchers...]', 'these watchers only')
    .option('--due', 'only what is due: for cron, timers and CI schedules')
    .action(run);
}

async function run(watchers: readonly string[], options: CheckOptions): Promise<void> {
  const summary = await runCheck(appOptions(options), {
    watchers,
    due: options.due ?? false,
    signal: interruption(),
    // A person sees how it goes; whoever keeps the log has a line for each check in it.
    ...(process.stderr.isTTY && !options.json && { onChecked: note }),
  });
  if (options.json) terminal.json(viewOf(summary));
  else print(summary);
}

function note({ target, outcome, unchanged, changes }: CheckReport): void {
  const what = unchanged ? 'unchanged' : `${changes.length} changes`;
  const said = outcome === 'present' || outcome === 'silent' ? green(outcome) : red(outcome);
  terminal.note(`${said} ${target.id} ${dim(what)}`);
}

/** What a pass came to, as a document. */
function viewOf({ reports, alerts, deliveries }: CheckSummary): unknown {
  return {
    checks: reports.map(({ target, outcome, unchanged, items, changes, error }) => ({
      target: target.id,
      outcome,
      unchanged,
      items,
      changes: changes.length,
      failure: error === null ? null : { kind: error.kind, message: error.message },
    })),
    transitions: reports.flatMap(({ transitions }) => transitions),
    alerts: alerts.map(({ id, subject, kind, message }) => ({
      id,
      subject,
      kind,
      title: message.title,
    })),
    deliveries,
  };
}

function print({ reports, alerts, deliveries }: CheckSummary): void {
  const bad = reports.filter(({ error }) => error !== null);
  const moved = reports.flatMap(({ transitions }) => transitions).filter(({ quiet }) => !quiet);
  terminal.line();
  terminal.line(
    `${reports.length} sources read, ${reports.length - bad.length} well, ${bad.length} not`,
  );
  for (const { target, outcome, error } of bad) {
    terminal.line(
      wrapped(`${outcome}: ${target.id}: ${error?.message ?? ''}`, terminal.width, '  '),
    );
  }
  for (const { subject, from, to } of moved) {
    terminal.line(
      `${subject}: ${levelColor(from.level)(from.level)} to ${levelColor(to.level)(to.level)}`,
    );
  }
  for (const { message } of alerts) terminal.line(`alert: ${message.title}`);
  const { sent, failed, dead } = deliveries;
  if (sent + failed + dead > 0) {
    terminal.line(`deliveries: ${sent} sent, ${failed} to be tried again, ${dead} given up`);
  }
}
