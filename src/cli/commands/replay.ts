import type { Command } from 'commander';
import { openPipeline } from '../../app/build-pipeline.ts';
import type { ReplayEvent } from '../../domain/check-report.ts';
import { replayAll } from '../../operations/replay.ts';
import { appOptions, type CommonOptions, commandNamed, parseTime } from '../options.ts';
import { dim, terminal } from '../print.ts';
import { storyOf } from '../replay-log.ts';

interface ReplayOptions extends CommonOptions {
  until?: string;
  quiet?: boolean;
  deliver?: boolean;
}

export function command(): Command {
  return commandNamed('replay', 'Runs the line over recorded captures, each at its own time.', [
    'replay data/recordings/gpt-image-2-launch --db launch.db',
    'replay recording.jsonl.gz --db polls.db --until 2026-04-21T20:00:00Z',
  ])
    .argument('<recordings...>', 'a folder with recording.yaml, a .yaml, a .jsonl or a .jsonl.gz')
    .option('--until <time>', 'stops after that time')
    .option('--quiet', 'prints only the totals')
    .option(
      '--deliver',
      'sends the alerts through their channels at the next run; nobody is told without it',
    )
    .action(run);
}

async function run(recordings: readonly string[], options: ReplayOptions): Promise<void> {
  const until = options.until === undefined ? null : parseTime(options.until, '--until');
  const open = await openPipeline(appOptions(options));
  const counts = { ...NONE };
  try {
    counts.captures = await replayAll(open, recordings, {
      until,
      deliver: options.deliver ?? false,
      onEvent(event) {
        add(counts, event);
        if (!options.json && !options.quiet) for (const line of storyOf(event)) terminal.note(line);
      },
    });
  } finally {
    await open.close();
  }
  if (options.json) {
    terminal.json(counts);
    return;
  }
  const { captures, passedOver, unchanged, failed, changes, transitions, alerts } = counts;
  terminal.line(
    `${captures} captures replayed: ${unchanged} unchanged, ${failed} not good, ${changes} changes,`,
  );
  terminal.line(`${transitions} transitions, ${alerts} alerts.`);
  if (passedOver > 0) {
    terminal.line(
      `${passedOver} are no later than what the database holds of their address: passed over.`,
    );
  }
  terminal.line(
    dim(`next: firsthand status${options.db === undefined ? '' : ` --db ${options.db}`}`),
  );
}

const NONE = {
  ...{ captures: 0, passedOver: 0, unchanged: 0, failed: 0 },
  ...{ changes: 0, transitions: 0, alerts: 0 },
};

function add(counts: typeof NONE, event: ReplayEvent): void {
  if (event.kind === 'passed-over') {
    counts.passedOver += 1;
    return;
  }
  const judged = event.kind === 'checked' ? event.report : event.judged;
  counts.transitions += judged.transitions.length;
  counts.alerts += judged.alerts.length;
  if (event.kind !== 'checked') return;
  counts.unchanged += event.report.unchanged ? 1 : 0;
  counts.failed += event.report.error === null ? 0 : 1;
  counts.changes += event.report.changes.length;
}
