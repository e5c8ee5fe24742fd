import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { Command } from 'commander';
import { contentTypeOf, readPage } from '../../app/page-reading.ts';
import { asError, UsageError } from '../../domain/errors.ts';
import type { ReadView } from '../../read/page-view.ts';
import { labelOf } from '../../read/status.ts';
import { type CommonOptions, commandNamed, momentOf } from '../options.ts';
import { bold, type Column, dim, levelColor, table, terminal } from '../print.ts';

interface ReadOptions extends CommonOptions {
  url: string;
  at?: string;
}

export function command(): Command {
  return commandNamed(
    'read',
    'What one page says: the evidence a reader takes from it. Writes nothing.',
    [
      'read page.html --url https://example.org/post',
      'curl -s https://example.org/post | firsthand read - --url https://example.org/post --json',
    ],
  )
    .argument('<file>', 'a saved page, or - for standard input')
    .requiredOption('--url <url>', 'where the page comes from: it says who speaks')
    .option('--at <time>', 'when it was had (default: now)')
    .action(run);
}

async function run(file: string, options: ReadOptions): Promise<void> {
  if (!URL.canParse(options.url)) throw new UsageError(`--url "${options.url}" is no address.`);
  const view = await readPage({
    body: await bytesOf(file),
    url: options.url,
    at: momentOf(options.at, '--at'),
    contentType: contentTypeOf(file === '-' ? options.url : file),
  });
  if (options.json) terminal.json(view);
  else print(view);
}

async function bytesOf(file: string): Promise<Uint8Array> {
  if (file === '-') return buffer(process.stdin);
  try {
    return await readFile(file);
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${asError(cause).message}`, { cause });
  }
}

const COLUMNS: readonly Column[] = [
  { title: 'subject' },
  { title: 'claim' },
  { title: 'adds', color: (text) => levelColor(text.split(':')[1] ?? '') },
  { title: 'force' },
  { title: 'as of' },
  { title: 'quote', flexible: true },
];

const STANCES: Record<NonNullable<ReadView['stance']>, string> = {
  for: 'takes its story for true',
  against: 'calls a story false',
  observing: 'passes a story on',
};

function print(view: ReadView): void {
  terminal.line(bold(view.title === '' ? view.url : view.title));
  const { domain, class: publisherClass, group } = view.publisher;
  const voice = group === domain ? '' : `, voice ${group}`;
  terminal.line(
    dim(`${domain} (${publisherClass}${voice}), read by ${view.watcher}, ${view.text} characters`),
  );
  if (view.stance !== null) terminal.line(dim(`its headline ${STANCES[view.stance]}`));
  terminal.line();
  if (view.evidence.length === 0) {
    terminal.line('It says nothing of any model.');
    return;
  }
  const rows = view.evidence.map((piece) => [
    piece.subject,
    labelOf(piece),
    piece.contribution,
    piece.force,
    piece.effective?.from.slice(0, 10) ?? '-',
    piece.quote,
  ]);
  terminal.line(table(COLUMNS, rows, Math.max(terminal.width, 120)));
}
