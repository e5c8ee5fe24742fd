import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { NotFoundError } from '../../domain/errors.ts';
import { speakerWords } from '../../domain/publisher.ts';
import { readersIn } from '../../domain/watcher.ts';
import { evidenceDetail, evidenceOf, evidenceScreenshot } from '../../read/evidence.ts';
import type { EvidenceDetail, EvidenceRow, EvidenceView } from '../../read/evidence-view.ts';
import { type KeptPage, keptPage, type Proven, provenBy } from '../../read/kept-page.ts';
import {
  answer,
  appOptions,
  type CommonOptions,
  commandNamed,
  parsePast,
  parseTime,
  withDatabase,
} from '../options.ts';
import {
  bold,
  dim,
  green,
  levelColor,
  localTime,
  present,
  red,
  shortTime,
  terminal,
  wrapped,
  zoneName,
} from '../print.ts';
import { type Columns, printTable } from '../table.ts';

interface EvidenceOptions extends CommonOptions {
  asOf?: string;
}

export function command(): Command {
  const evidence = commandNamed(
    'evidence',
    'Each piece of evidence on a subject: who, how firmly, in which words.',
    [
      'evidence gpt-image-2',
      'evidence gpt-image-2 announced',
      'evidence show ev_0123456789abcdef0123',
    ],
  )
    .argument('<subject>', 'a model or product')
    .argument('[facet]', 'evidence on one claim only')
    .option('--as-of <time>', 'what was known at that time')
    .action(list);
  const show = commandNamed(
    'show',
    'The stored text around one piece of evidence, checked against its hash; a stored page with what was read in it; or what proves an alert or a story.',
    ['evidence show ev_0123456789abcdef0123', 'evidence show sn_0123456789abcdef0123'],
  )
    .argument(
      '<id>',
      'a piece of evidence, a snapshot, an alert or a story, wherever its id is shown',
    )
    .option('--picture <file>', 'writes the picture of the page there, when one is kept (PNG)')
    .action(showOne);
  return evidence.addCommand(show).addCommand(retractCommand()).addCommand(restoreCommand());
}

function retractCommand(): Command {
  return commandNamed(
    'retract',
    'Takes a piece of evidence out of judgement from now on; earlier answers stay. What moves because of it is told.',
    ['evidence retract ev_0123456789abcdef0123 --because "the page was a hoax"'],
  )
    .argument('<id>', 'an id as "evidence" and "explain" print it')
    .requiredOption('--because <text>', 'why; it is shown wherever the piece would have counted')
    .option('--by <name>', 'who does it (default: the name of your account)')
    .action((id: string, options: JudgeOptions) => judge(id, 'retract', options));
}

function restoreCommand(): Command {
  return commandNamed('restore', 'Puts a piece of evidence back into judgement from now on.', [
    'evidence restore ev_0123456789abcdef0123 --because "the vendor confirms the page"',
  ])
    .argument('<id>', 'an id as "evidence" prints it')
    .option('--because <text>', 'why', 'no reason was given')
    .option('--by <name>', 'who does it (default: the name of your account)')
    .action((id: string, options: JudgeOptions) => judge(id, 'restore', options));
}

interface JudgeOptions extends CommonOptions {
  because: string;
  by?: string;
}

async function judge(
  evidence: string,
  kind: 'retract' | 'restore',
  options: JudgeOptions,
): Promise<void> {
  const { because, by = null } = options;
  const { retractEvidence } = await import('../../operations/retract.ts');
  const done = await retractEvidence(appOptions(options), { evidence, kind, because, by });
  if (options.json) {
    terminal.json(done);
    return;
  }
  const what = kind === 'retract' ? 'out of judgement' : 'in judgement again';
  terminal.line(`${evidence} is ${what} from now on.`);
  const { subject, moves, alerts } = done;
  if (moves.length === 0) terminal.line(dim(`No level of ${subject} moves because of it.`));
  for (const { claim, from, to } of moves) {
    const move = `${levelColor(from)(from)} to ${levelColor(to)(to)}`;
    terminal.line(`${subject} ${claim}: ${move}`);
  }
  for (const { id } of alerts) terminal.line(`alert ${id} is queued`);
}

async function list(
  subject: string,
  facet: string | undefined,
  options: EvidenceOptions,
): Promise<void> {
  const asOf = parsePast(options.asOf, '--as-of');
  await answer(options, ({ known }) => evidenceOf(known, subject, facet ?? null, asOf), printList);
}

const COLUMNS: Columns = [
  `seen (${zoneName()})`,
  { title: 'claim', flexible: true },
  { title: 'says', flexible: true },
];

function printList(view: EvidenceView): void {
  if (view.evidence.length === 0) {
    terminal.line(`Nothing has been said of ${view.subject} yet.`);
    return;
  }
  const rows = view.evidence.map((piece) => ({
    cells: [shortTime(piece.observedAt), piece.claim, saysOf(piece)],
    below: `${piece.id} ${speakerOf(piece)} (${piece.class}): “${piece.quote}”`,
  }));
  printTable(COLUMNS, rows);
}

/** The page it stands on, who it passes on, and the voice it counts with where that is another. */
function speakerOf({ publisher, publisherName, relays, voice }: EvidenceRow): string {
  const speaker = speakerWords(publisherName, relays);
  return relays !== null || voice === publisher ? speaker : `${speaker}, one voice with ${voice}`;
}

/** What it says, and whether a model had a part in reading it. */
function saysOf({ polarity, force, extractor, standing }: EvidenceRow): string {
  const notes = [
    readersIn(extractor).model === null ? '' : 'model',
    standing === 'speaks' ? '' : standing,
  ].filter(Boolean);
  const side = polarity === 'deny' ? 'against' : 'for';
  const how = `${side}, ${force.replaceAll('_', ' ')}`;
  return notes.length === 0 ? how : `${how} (${notes.join(', ')})`;
}

async function showOne(id: string, options: CommonOptions & { picture?: string }): Promise<void> {
  if (!id.startsWith('ev_')) {
    await showKept(id, options);
    return;
  }
  await withDatabase(options, async ({ known }) => {
    const view = await evidenceDetail(known, id, parseTime(undefined, ''));
    if (options.picture !== undefined) {
      const picture = await evidenceScreenshot(known, id);
      if (picture === null) throw new NotFoundError(`No picture is kept of the page behind ${id}.`);
      await writeFile(options.picture, picture);
    }
    present(options, view, printOne);
  });
}

/** What an id of another kind leads to. */
async function showKept(id: string, options: CommonOptions): Promise<void> {
  await withDatabase(options, async ({ known }) => {
    if (/^(al|dl|st)_/.test(id)) {
      const proven = await provenBy(known, id);
      present(options, proven, printProven);
    } else if (id.startsWith('sn_')) {
      const page = await keptPage(known, id);
      present(options, page, printKeptPage);
    } else {
      const hint = id.startsWith('ch_')
        ? `firsthand changes --show ${id}`
        : 'firsthand evidence MODEL';
      throw new NotFoundError(`${id} is no evidence, snapshot, alert or story: ${hint}`, []);
    }
  });
}

function printOne(view: EvidenceDetail): void {
  terminal.line(`${bold(view.subject)} · ${view.claim} · ${view.polarity} ${view.force}`);
  terminal.line(`${view.publisherName} (${view.class}, voice ${view.voice})`);
  terminal.line(dim(`${view.finalUrl}`));
  const rule = view.rule === null ? '' : `, rule ${view.rule}`;
  terminal.line(dim(`seen ${localTime(view.observedAt)}, read by ${view.extractor}${rule}`));
  if (view.artefact !== null) {
    const { name, version, integrity } = view.artefact;
    terminal.line(dim(`${name} ${version}, ${integrity ?? 'without an integrity hash'}`));
  }
  if (view.picture !== null)
    terminal.line(
      dim(`a picture of the page is kept, ${view.picture.slice(0, 12)}: --picture FILE`),
    );
  if (view.effective !== null) terminal.line(dim(`speaks of ${view.effective.from}`));
  const kept = view.verified
    ? green('the stored bytes hash to their name, and the quote stands in them')
    : red('the stored bytes could not be verified');
  if (view.retraction !== null) {
    const { at, by, because } = view.retraction;
    const line = `taken out of judgement at ${localTime(at)} by ${by}: ${because}`;
    terminal.text(red(line), '  ');
  }
  terminal.line(dim(`snapshot ${view.snapshot}, body ${view.bodyHash.slice(0, 16)}…`));
  terminal.line(kept);
  terminal.line();
  terminal.text(`…${view.before}${bold(view.quote)}${view.after}…`);
}

/** One stored page: when and how it was had, whether it is whole, and what was read in it. */
function printKeptPage(page: KeptPage): void {
  const { finalUrl, status, contentType, bytes, bodyHash } = page;
  terminal.text(bold(finalUrl));
  terminal.line(`had ${localTime(page.fetchedAt)} as ${page.snapshot}`);
  terminal.text(dim(`by ${page.target}`), '  ');
  terminal.line(dim(`answered ${status}, ${contentType}, ${bytes} bytes`));
  const kept = page.verified
    ? green(`the stored bytes hash to ${bodyHash.slice(0, 16)}…`)
    : red('the stored bytes could not be verified');
  terminal.line(kept);
  terminal.line();
  if (page.evidence.length === 0) terminal.line('Nothing rests on it.');
  for (const { id, subject, quote } of page.evidence) {
    terminal.text(`${bold(subject)} “${quote}”`, '  ');
    terminal.line(dim(`  ${id}`));
  }
  if (page.more > 0) terminal.line(dim(`and ${page.more} more`));
}

/** What proves an alert or a story, quote by quote. */
function printProven({ id, title, proofs }: Proven): void {
  terminal.text(bold(title));
  terminal.line(dim(id));
  if (proofs.length === 0) {
    const whole = id.startsWith('st_') ? 'stories show' : 'alerts show';
    terminal.line(`It was told without a quote. What it says: firsthand ${whole} ${id}`);
  }
  const width = terminal.width - 2;
  for (const { quote, url, publisher, observedAt, snapshot, evidence } of proofs) {
    terminal.line();
    terminal.text(`“${quote}”`, '  ');
    terminal.line(`  ${wrapped(`${publisher}, seen ${localTime(observedAt)}`, width, '  ')}`);
    terminal.line(dim(`  ${wrapped(url, width, '  ')}`));
    terminal.line(dim(`  ${evidence ?? 'read anew since'} on ${snapshot}`));
  }
}
