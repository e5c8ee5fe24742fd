import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { asError, UsageError } from '../../domain/errors.ts';
import { type TryCommand, type TryView, tryWatcher } from '../../operations/try.ts';
import { printFrames } from '../frames.ts';
import { appOptions, type CommonOptions, commandNamed, interruption } from '../options.ts';
import { bold, dim, present, red, terminal } from '../print.ts';

interface TryOptions extends CommonOptions {
  url?: string;
  file?: string;
  save?: boolean;
  debug?: boolean;
}

export function command(): Command {
  return commandNamed(
    'try',
    'Runs one watcher and shows what it makes of the answer. Writes nothing to the database.',
    [
      'try openai-news',
      'try openai-help --url https://help.openai.com/en/articles/11128753-gpt-image-api',
      'try openai-changelog --file changelog.md --save',
    ],
  )
    .argument('<watcher>', 'the watcher, by its file name')
    .option('--url <url>', 'an address of its own (default: the first it reads)')
    .option('--file <file>', 'a saved answer to read instead of asking')
    .option('--save', 'keeps the answer as a golden capture of the sources, with what it gives')
    .option('--debug', 'how each predicate was read: its arguments, its context, what came of it')
    .action(run);
}

async function run(watcher: string, options: TryOptions): Promise<void> {
  const { url = null, file, save = false, debug = false } = options;
  if (url !== null && !URL.canParse(url)) throw new UsageError(`--url "${url}" is no address.`);
  const saved = file === undefined ? null : await savedAnswer(file);
  const command = { watcher, url, saved, save, debug, signal: interruption() };
  const view = await tryWatcher(appOptions(options), command);
  present(options, view, print);
  // Not read is the "no" that was asked for.
  if (view.failure !== null) process.exitCode = 1;
}

async function savedAnswer(file: string): Promise<NonNullable<TryCommand['saved']>> {
  try {
    return { body: await readFile(file), contentType: typeOf(file), name: basename(file) };
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${asError(cause).message}`, { cause });
  }
}

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/\.html?$/i, 'text/html; charset=utf-8'],
  [/\.(md|markdown)$/i, 'text/markdown; charset=utf-8'],
  [/\.atom$/i, 'application/atom+xml; charset=utf-8'],
  [/\.(xml|rss)$/i, 'application/rss+xml; charset=utf-8'],
  [/\.json$/i, 'application/json'],
];

/** A saved answer has no header; its name says what it is. */
function typeOf(file: string): string {
  return TYPES.find(([pattern]) => pattern.test(file))?.[1] ?? 'text/plain; charset=utf-8';
}

/** More entries than this are counted, not shown. */
const SHOWN = 40;

function print(view: TryView): void {
  terminal.line(bold(`${view.extractor} on ${view.finalUrl ?? view.url}`));
  if (view.status !== null)
    terminal.line(
      dim(`${view.status} by ${view.via}, ${view.bytes} bytes, ${view.items.length} entries`),
    );
  if (view.failure !== null) {
    terminal.text(red(`${view.failure.kind}: ${view.failure.message}`), '  ');
  }
  for (const { key, kind, title, published, says, unsaid, frames } of view.items.slice(0, SHOWN)) {
    terminal.line();
    const head = `${published?.from ?? 'undated'} ${dim(kind)} ${bold(title === '' ? key : title)}`;
    terminal.text(head, '    ');
    for (const said of says) terminal.text(`  ${said}`, '    ');
    if (unsaid !== null) terminal.text(`  says nothing: ${unsaid}`, '    ');
    if (frames !== null) printFrames(frames);
  }
  const rest = view.items.length - SHOWN;
  if (rest > 0) terminal.line(dim(`and ${rest} more; --json shows all`));
  for (const file of view.written) terminal.note(`wrote ${file}`);
}
