import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { Command } from 'commander';
import { facetLabel } from '../../domain/claim.ts';
import { asError, UsageError } from '../../domain/errors.ts';
import { contentTypeOf, readPage, type SavedPage } from '../../operations/read.ts';
import type { ReadView } from '../../read/page-view.ts';
import { printFrames } from '../frames.ts';
import { appOptions, type CommonOptions, commandNamed, parseTime } from '../options.ts';
import { bold, dim, levelColor, present, terminal } from '../print.ts';
import { type Columns, printTable } from '../table.ts';

interface ReadOptions extends CommonOptions {
  url: string;
  at?: string;
  model?: boolean;
  debug?: boolean;
}

export function command(): Command {
  return commandNamed(
    'read',
    'What one page says: the evidence a reader takes from it. Writes nothing; with --model only what the model answered and cost.',
    [
      'read page.html --url https://example.org/post',
      'read page.html --url https://example.org/post --model',
      'curl -s https://example.org/post | firsthand read - --url https://example.org/post --json',
    ],
  )
    .argument('<file>', 'a saved page, or - for standard input')
    .requiredOption('--url <url>', 'where the page comes from: it says who speaks')
    .option('--at <time>', 'when it was fetched (default: now)')
    .option(
      '--model',
      'lets the model help that the configuration names (openai.reading), within its budget',
    )
    .option('--debug', 'how each predicate was read: its arguments, its context, what came of it')
    .action(run);
}

async function run(file: string, options: ReadOptions): Promise<void> {
  if (!URL.canParse(options.url)) throw new UsageError(`--url "${options.url}" is no address.`);
  const page = {
    body: await bytesOf(file),
    url: options.url,
    at: parseTime(options.at, '--at'),
    contentType: contentTypeOf(file === '-' ? options.url : file),
  };
  const isTraced = options.debug === true;
  const view = options.model
    ? await helped(options, page, isTraced)
    : await readPage(page, null, isTraced);
  present(options, view, () => print(view, options.model === true));
}

async function helped(options: ReadOptions, page: SavedPage, isTraced: boolean): Promise<ReadView> {
  const { readPageWithModel } = await import('../../operations/read.ts');
  return readPageWithModel(appOptions(options), page, isTraced);
}

async function bytesOf(file: string): Promise<Uint8Array> {
  if (file === '-') return buffer(process.stdin);
  try {
    return await readFile(file);
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${asError(cause).message}`, { cause });
  }
}

const COLUMNS: Columns = [
  { title: 'subject', flexible: true },
  { title: 'claim', flexible: true },
  { title: 'adds', color: (text) => levelColor(text.split(':')[1] ?? '') },
  { title: 'force', flexible: true },
  'as of',
];

const STANCES: Record<NonNullable<ReadView['stance']>, string> = {
  for: 'takes its story for true',
  against: 'calls a story false',
  observing: 'passes a story on',
};

function print(view: ReadView, withModel: boolean): void {
  terminal.text(bold(view.title === '' ? view.url : view.title));
  const { domain, class: publisherClass, group } = view.publisher;
  const voice = group === domain ? '' : `, voice ${group}`;
  const head = `${domain} (${publisherClass}${voice}), read by ${view.watcher}, ${view.text} characters`;
  terminal.text(dim(head));
  if (view.stance !== null) terminal.line(dim(`its headline ${STANCES[view.stance]}`));
  if (withModel) printPart(view.model);
  terminal.line();
  if (view.evidence.length === 0) terminal.line('It says nothing of any model.');
  else printEvidence(view);
  if (view.frames === null) return;
  terminal.line();
  terminal.line(view.frames.length === 0 ? 'No frames: no sentence of it was read.' : 'Frames:');
  printFrames(view.frames);
}

function printEvidence(view: ReadView): void {
  const rows = view.evidence.map((piece) => ({
    cells: [
      ...[piece.subject, facetLabel(piece), piece.contribution],
      piece.reader === null ? piece.force : `${piece.force} (model)`,
      piece.effective?.from.slice(0, 10) ?? '-',
    ],
    below: `“${piece.quote}”`,
  }));
  printTable(COLUMNS, rows);
}

/** What the model had a part in, and why its proposals were dropped. */
function printPart(part: ReadView['model']): void {
  if (part === null) {
    terminal.line(dim('No model was asked: it names none, or speaks for a vendor or partner.'));
    return;
  }
  const { model, answer, outcome, message, tokens, added, lowered, raised, doubted, dropped } =
    part;
  if (message !== null) {
    terminal.text(`Read by rules alone, without ${model}: ${message}`);
  } else {
    const cost = answer === 'asked' ? `asked for ${tokens} tokens` : 'as it answered before';
    const came = outcome === 'answered' ? '' : `, whose answer was ${outcome}`;
    const alone = doubted === 0 ? '' : `, of which it doubts ${doubted} when asked back`;
    const counts = `${added} added${alone}, ${raised} held firmer, ${lowered} less firm, ${dropped.length} dropped`;
    terminal.text(dim(`with ${model}, ${cost}${came}: ${counts}`));
  }
  for (const { why, proposed } of dropped) {
    terminal.text(dim(`dropped (${why}): ${proposed}`), '  ');
  }
}
