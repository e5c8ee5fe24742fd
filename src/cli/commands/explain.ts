import type { Command } from 'commander';
import { explanationOf } from '../../read/explanation.ts';
import type { ExplanationView } from '../../read/views.ts';
import { type CommonOptions, commandNamed, parseTime, withDatabase } from '../options.ts';
import { bold, dim, levelColor, localTime, terminal, wrapped } from '../print.ts';

interface ExplainOptions extends CommonOptions {
  asOf?: string;
}

export function command(): Command {
  return commandNamed(
    'explain',
    'Why a claim stands where it stands: for, against, could not be checked.',
    [
      'explain gpt-image-2',
      'explain gpt-image-2 announced --as-of 2026-04-21T13:59:00Z',
      'explain gpt-image-2 announced@2026-04-16',
    ],
  )
    .argument('<subject>', 'a model or product')
    .argument('[facet]', 'one claim, such as announced, api_listed or product_available:chatgpt')
    .option('--as-of <time>', 'what was known at that time')
    .action(run);
}

async function run(
  subject: string,
  facet: string | undefined,
  options: ExplainOptions,
): Promise<void> {
  const asOf = parseTime(options.asOf, '--as-of');
  await withDatabase(options, async ({ known }) => {
    const view = await explanationOf(known, subject, facet ?? null, asOf);
    if (options.json) terminal.json(view);
    else print(view);
  });
}

type ClaimExplanation = ExplanationView['claims'][number];

function print(view: ExplanationView): void {
  terminal.line(`${bold(view.subject)} ${dim(`known at ${localTime(view.asOf)}`)}`);
  for (const claim of view.claims) printClaim(claim);
}

function printClaim(claim: ClaimExplanation): void {
  const { width } = terminal;
  const status = claim.status.replaceAll('_', ' ');
  terminal.line();
  const head = `${levelColor(claim.level)(bold(claim.level))} · ${bold(claim.claim)} · ${status}`;
  terminal.line(wrapped(head, width, '  '));
  terminal.line(wrapped(claim.rule, width));
  terminal.line(claim.voices);
  list('for', claim.for);
  list('against', claim.against);
  list('could not be checked', claim.unchecked);
  if (claim.setAside.length > 0) list('looked at, and does not count', claim.setAside);
  if (claim.retracted.length > 0) list('taken out of judgement', claim.retracted);
  terminal.line(wrapped(`primary: ${claim.primary}`, width, '  '));
  for (const flag of claim.flags) terminal.line(wrapped(`flag ${flag}`, width, '  '));
  if (claim.supersededBy !== null) terminal.line(`what holds instead: ${claim.supersededBy}`);
  if (claim.becomes === null && claim.level !== 'confirmed')
    terminal.line('no channel is an authority for this: it cannot be confirmed');
  if (claim.becomes !== null)
    terminal.line(wrapped(`becomes confirmed if: ${claim.becomes}`, width, '  '));
}

function list(title: string, lines: readonly string[]): void {
  if (lines.length === 0) {
    terminal.line(`${title}: none`);
    return;
  }
  terminal.line(`${title}:`);
  for (const line of lines) terminal.line(`  - ${wrapped(line, terminal.width - 4, '    ')}`);
}
