import type { Command } from 'commander';
import { explanationOf } from '../../read/explanation.ts';
import type { ExplanationView } from '../../read/views.ts';
import { answer, type CommonOptions, commandNamed, nextCommand, parsePast } from '../options.ts';
import { bold, dim, levelColor, localTime, terminal, wrapped } from '../print.ts';
import { type Columns, printTable } from '../table.ts';

interface ExplainOptions extends CommonOptions {
  asOf?: string;
  all?: boolean;
}

export function command(): Command {
  return commandNamed(
    'explain',
    'Why a claim stands where it stands: for, against, could not be checked. Without a claim, whether it is out.',
    [
      'explain gpt-image-2',
      'explain gpt-image-2 --all',
      'explain gpt-image-2 announced --as-of 2026-04-21T13:59:00Z',
      'explain gpt-image-2 announced@2026-04-16',
    ],
  )
    .argument('<subject>', 'a model or product')
    .argument('[facet]', 'one claim, such as announced, api_listed or product_available:chatgpt')
    .option('--as-of <time>', 'what was known at that time')
    .option('--all', 'every claim in full')
    .action(run);
}

async function run(
  subject: string,
  facet: string | undefined,
  options: ExplainOptions,
): Promise<void> {
  const asOf = parsePast(options.asOf, '--as-of');
  const isShort = facet === undefined && options.all !== true;
  await answer(
    options,
    ({ known }) => explanationOf(known, subject, facet ?? null, asOf),
    (view) => print(view, options, isShort),
  );
}

type ClaimExplanation = ExplanationView['claims'][number];

/** In short, the headline and a line for each other claim: to read them all is what a claim is named for. */
function print(view: ExplanationView, options: ExplainOptions, isShort: boolean): void {
  terminal.line(`${bold(view.subject)} ${dim(`known at ${localTime(view.asOf)}`)}`);
  const isInFull = ({ claim }: ClaimExplanation) => !isShort || claim === 'released';
  const others = view.claims.filter((claim) => !isInFull(claim));
  for (const claim of view.claims.filter(isInFull)) printClaim(claim);
  if (others.length === 0) return;
  terminal.line();
  terminal.line('the other claims on it:');
  printTable(COLUMNS, others.map(rowOf));
  const one = nextCommand(`explain ${view.subject} ${others[0]?.claim ?? ''}`, options);
  terminal.text(dim(`one in full: ${one}; all: --all`), '  ');
}

const COLUMNS: Columns = [{ title: 'claim', flexible: true }, 'level', 'for', 'against'];

function rowOf({ claim, level, ...lists }: ClaimExplanation): readonly string[] {
  return [claim, level, String(lists.for.length), String(lists.against.length)];
}

function printClaim(claim: ClaimExplanation): void {
  const status = claim.status.replaceAll('_', ' ');
  terminal.line();
  const head = `${levelColor(claim.level)(bold(claim.level))} · ${bold(claim.claim)} · ${status}`;
  terminal.text(head, '  ');
  terminal.text(claim.rule);
  terminal.line(claim.voices);
  list('for', claim.for);
  list('against', claim.against);
  list('could not be checked', claim.unchecked);
  if (claim.setAside.length > 0) list('looked at, and does not count', claim.setAside);
  if (claim.retracted.length > 0) list('taken out of judgement', claim.retracted);
  terminal.text(`primary: ${claim.primary}`, '  ');
  for (const flag of claim.flags) terminal.text(`flag ${flag}`, '  ');
  if (claim.supersededBy !== null) terminal.line(`what holds instead: ${claim.supersededBy}`);
  if (claim.becomes === null && claim.level !== 'confirmed')
    terminal.line('no channel is an authority for this: it cannot be confirmed');
  if (claim.becomes !== null) terminal.text(`becomes confirmed if: ${claim.becomes}`, '  ');
}

function list(title: string, lines: readonly string[]): void {
  terminal.line(`${title}:${lines.length === 0 ? ' none' : ''}`);
  for (const line of lines) terminal.line(`  - ${wrapped(line, terminal.width - 4, '    ')}`);
}
