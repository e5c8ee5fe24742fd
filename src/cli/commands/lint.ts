import { type Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../../domain/clock.ts';
import {
  asGithub,
  asSarif,
  asText,
  FAILING_STATES,
  type FailingState,
} from '../../lint/finding.ts';
import { type LintReport, lint } from '../../operations/lint.ts';
import { version } from '../../package-root.ts';
import { appOptions, type CommonOptions, commandNamed, oneOf } from '../options.ts';
import { dim, terminal } from '../print.ts';

const FORMATS = ['text', 'json', 'sarif', 'github'] as const;

interface LintCommand extends CommonOptions {
  failOn: FailingState[];
  within: number;
  format: string;
}

export function command(): Command {
  return commandNamed(
    'lint',
    'Finds model ids in a code base and says which are retired, retiring soon, deprecated, unconfirmed or unknown. A line with "firsthand-ignore" is left alone.',
    [
      'lint',
      'lint src config --fail-on retired,retiring --within 60',
      'lint --format sarif > firsthand.sarif',
    ],
  )
    .argument('[paths...]', 'files and folders; without one, the folder it is called in')
    .option('--fail-on <states>', `exits 1 for these: ${FAILING_STATES.join(', ')}`, statesOf, [
      'retired',
    ])
    .option('--within <days>', 'how many days ahead a shutdown is reported', daysOf, 90)
    .option('--format <format>', `one of ${FORMATS.join(', ')}`, 'text')
    .action(run);
}

function statesOf(typed: string): FailingState[] {
  return typed.split(',').map((word) => {
    const state = FAILING_STATES.find((one) => one === word.trim());
    if (state !== undefined) return state;
    throw new InvalidArgumentError(`There is no state "${word}": ${FAILING_STATES.join(', ')}.`);
  });
}

function daysOf(typed: string): number {
  const days = Number(typed);
  if (Number.isInteger(days) && days >= 0 && days <= 3_650) return days;
  throw new InvalidArgumentError('Days are a whole number from 0 to 3650.');
}

async function run(paths: readonly string[], options: LintCommand): Promise<void> {
  const { failOn, within, json } = options;
  const format = json ? 'json' : (oneOf(options.format, '--format', FORMATS) ?? 'text');
  const asked = { ...appOptions(options), failOn, within, paths: paths.length > 0 ? paths : ['.'] };
  const report = await lint(asked, systemClock);
  print(report, format);
  if (report.findings.some(({ isFailure }) => isFailure)) process.exitCode = 1;
}

function print(report: LintReport, format: (typeof FORMATS)[number]): void {
  const { findings, files, models } = report;
  switch (format) {
    case 'json':
      terminal.json(report);
      break;
    case 'sarif':
      terminal.json(asSarif(findings, version()));
      break;
    case 'github':
      for (const line of asGithub(findings)) terminal.line(line);
      break;
    case 'text': {
      for (const line of asText(findings)) terminal.line(line);
      const sum = `findings: ${findings.length}; models: ${models}; files read: ${files}`;
      terminal.line(dim(sum));
    }
  }
}
