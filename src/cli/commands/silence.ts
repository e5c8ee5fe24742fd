import type { Command } from 'commander';
import type { OpenDatabase } from '../../app/open-database.ts';
import type { Silence } from '../../domain/alert.ts';
import { UsageError } from '../../domain/errors.ts';
import { endSilence, silence, silencesNow } from '../../operations/follow.ts';
import { answer, type CommonOptions, commandNamed } from '../options.ts';
import { localTime, shortTime, terminal, zoneName } from '../print.ts';
import { type Columns, printTable } from '../table.ts';

interface SilenceOptions extends CommonOptions {
  for?: string;
  because?: string;
}

export function command(): Command {
  const silenced = commandNamed(
    'silence',
    'Mutes alerts on a subject or a source for a time. Levels move all the same, and what was not told is kept. Without a subject, lists what is muted.',
    [
      'silence gpt-image-2 --for 2d --because "we know"',
      'silence "openai-help:*" --for 8h',
      'silence',
      'silence end gpt-image-2',
    ],
  )
    .argument(
      '[subject]',
      'a model or product, a source as "sources" names it, or a pattern with *',
    )
    .option('--for <duration>', 'how long, such as 30m, 8h or 2d')
    .option('--because <text>', 'why; "alerts explain" says it again')
    .action(run);
  const list = commandNamed('list', 'What is muted now, until when, and why.', [
    'silence list',
  ]).action(showList);
  const end = commandNamed('end', 'Ends a silence now.', ['silence end gpt-image-2'])
    .argument('<subject>', 'what is muted, as "silence" lists it')
    .action(unmute);
  return silenced.addCommand(list).addCommand(end);
}

async function run(subject: string | undefined, options: SilenceOptions): Promise<void> {
  if (subject === undefined) await showList(options);
  else await mute(subject, options);
}

async function mute(subject: string, options: SilenceOptions): Promise<void> {
  const { for: lasting, because = null } = options;
  if (lasting === undefined) throw new UsageError('For how long? Add --for 2d, or any such time.');
  await answer(
    options,
    (open) => silence(open, subject, { lasting, because }),
    (said) => terminal.line(`Alerts on ${said.subject} are muted until ${localTime(said.until)}.`),
  );
}

async function unmute(subject: string, options: SilenceOptions): Promise<void> {
  await answer(
    options,
    (open) => endSilence(open, subject),
    (ended) => terminal.line(`Alerts on ${ended.subject} are told again.`),
  );
}

const COLUMNS: Columns = [
  'muted',
  `since (${zoneName()})`,
  `until (${zoneName()})`,
  { title: 'because', flexible: true },
];

async function showList(options: CommonOptions): Promise<void> {
  const ask = async (open: OpenDatabase) => ({ silences: await silencesNow(open) });
  await answer(options, ask, print);
}

function print({ silences }: { silences: readonly Silence[] }): void {
  if (silences.length === 0) {
    terminal.text('Nothing is muted.');
    return;
  }
  const rows = silences.map(({ subject, from, until, because }) => [
    ...[subject, shortTime(from), shortTime(until)],
    because,
  ]);
  printTable(COLUMNS, rows);
}
