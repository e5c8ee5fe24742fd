import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { NotFoundError } from '../../domain/errors.ts';
import { evidenceDetail, evidenceOf, evidencePicture } from '../../read/evidence.ts';
import type { EvidenceDetail, EvidenceView } from '../../read/views.ts';
import { type CommonOptions, commandNamed, momentOf, withRecord } from '../options.ts';
import {
  bold,
  type Column,
  dim,
  green,
  localTime,
  red,
  shortTime,
  table,
  terminal,
  wrapped,
  zoneName,
} from '../print.ts';

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
    'The stored text around one piece of evidence, checked against its hash.',
    ['evidence show ev_0123456789abcdef0123'],
  )
    .argument('<id>', 'an id as "evidence" and "explain" print it')
    .option('--picture <file>', 'writes the picture of the page there, when one is kept (PNG)')
    .action((id: string, _own: unknown, self: Command) => showOne(id, self.optsWithGlobals()));
  return evidence.addCommand(show);
}

async function list(
  subject: string,
  facet: string | undefined,
  options: EvidenceOptions,
): Promise<void> {
  const asOf = momentOf(options.asOf, '--as-of');
  await withRecord(options, async ({ known }) => {
    const view = await evidenceOf(known, subject, facet ?? null, asOf);
    if (options.json) terminal.json(view);
    else printList(view);
  });
}

const COLUMNS: readonly Column[] = [
  { title: 'id' },
  { title: `seen (${zoneName()})` },
  { title: 'claim' },
  { title: 'voice' },
  { title: 'class' },
  { title: 'says' },
  { title: 'quote', flexible: true },
];

function printList(view: EvidenceView): void {
  if (view.evidence.length === 0) {
    terminal.line(`Nothing has been said of ${view.subject} yet.`);
    return;
  }
  const rows = view.evidence.map((piece) => [
    piece.id,
    shortTime(piece.observedAt),
    piece.claim,
    piece.voice,
    piece.class,
    `${piece.polarity} ${piece.force}${piece.standing === 'speaks' ? '' : ` (${piece.standing})`}`,
    piece.quote,
  ]);
  terminal.line(table(COLUMNS, rows, Math.max(terminal.width, 120)));
}

async function showOne(id: string, options: CommonOptions & { picture?: string }): Promise<void> {
  await withRecord(options, async ({ known }) => {
    const view = await evidenceDetail(known, id, momentOf(undefined, ''));
    if (options.picture !== undefined) {
      const picture = await evidencePicture(known, id);
      if (picture === null) throw new NotFoundError(`No picture is kept of the page behind ${id}.`);
      await writeFile(options.picture, picture);
    }
    if (options.json) terminal.json(view);
    else printOne(view);
  });
}

function printOne(view: EvidenceDetail): void {
  terminal.line(`${bold(view.subject)} · ${view.claim} · ${view.polarity} ${view.force}`);
  terminal.line(`${view.publisherName} (${view.class}, voice ${view.voice})`);
  terminal.line(dim(`${view.finalUrl}`));
  terminal.line(dim(`seen ${localTime(view.observedAt)}, read by ${view.extractor}`));
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
  terminal.line(`${dim(`snapshot ${view.snapshot}, body ${view.bodyHash.slice(0, 16)}…`)} ${kept}`);
  terminal.line();
  terminal.line(wrapped(`…${view.before}${bold(view.quote)}${view.after}…`, terminal.width));
}
