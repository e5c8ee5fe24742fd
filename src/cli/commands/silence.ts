import type { Command } from 'commander';
import type { Silence } from '../../domain/alert.ts';
import { UsageError } from '../../domain/errors.ts';
import { endSilence, silence, silencesNow } from '../../operations/follow.ts';
import { type CommonOptions, commandNamed, withDatabase } from '../options.ts';
import { localTime, shortTime, terminal, wrapped, zoneName } from '../print.ts';
import { type Column, table } from '../table.ts';

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
  ]).action((_own: unknown, self: Command) => showList(self.optsWithGlobals()));
  const end = commandNamed('end', 'Ends a silence now.', ['silence end gpt-image-2'])
    .argument('<subject>', 'what is muted, as "silence" lists it')
    .action((subject: string, _own: unknown, self: Command) =>
      unmute(subject, self.optsWithGlobals()),
    );
  return silenced.addCommand(list).addCommand(end);
}

async function run(subject: string | undefined, options: SilenceOptions): Promise<void> {
  if (subject === undefined) await showList(options);
  else await mute(subject, options);
}

async function mute(subject: string, options: SilenceOptions): Promise<void> {
  const { for: lasting, because = null } = options;
  if (lasting === undefined) throw new UsageError('For how long? Add --for 2d, or any such time.');
  const said = await withDatabase(options, (open) => silence(open, subject, { lasting, because }));
  if (options.json) terminal.json(said);
  else terminal.line(`Alerts on ${said.subject} are muted until ${localTime(said.until)}.`);
}

async function unmute(subject: string, options: SilenceOptions): Promise<void> {
  const ended = await withDatabase(options, (open) => endSilence(open, subject));
  if (options.json) terminal.json(ended);
  else terminal.line(`Alerts on ${ended.subject} are told again.`);
}

const COLUMNS: readonly Column[] = [
  { title: 'muted' },
  { title: `since (${zoneName()})` },
  { title: `until (${zoneName()})` },
  { title: 'because', flexible: true },
];

async function showList(options: CommonOptions): Promise<void> {
  const silences = await withDatabase(options, (open) => silencesNow(open));
  if (options.json) terminal.json({ silences });
  else print(silences);
}

function print(silences: readonly Silence[]): void {
  if (silences.length === 0) {
    terminal.line(wrapped('Nothing is muted.', terminal.width));
    return;
  }
  const rows = silences.map(({ subject, from, until, because }) => [
    ...[subject, shortTime(from), shortTime(until)],
    because,
  ]);
  terminal.line(table(COLUMNS, rows, terminal.width));
}
