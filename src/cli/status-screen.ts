import { shortDay } from '../domain/time.ts';
import type { GlanceView, SaidView } from '../read/glance-view.ts';
import { labelOf } from '../read/status.ts';
import { readingSentence, surfaceSentence } from '../read/surface-words.ts';
import type { ClaimView, StatusView } from '../read/views.ts';
import { nextCommand } from './options.ts';
import {
  bold,
  dim,
  levelColor,
  levelWords,
  localTime,
  shortTime,
  terminal,
  voiceWords,
  wrapped,
  zoneName,
} from './print.ts';
import { type Column, table } from './table.ts';

/** What the question was typed with, to be asked again. */
type AskedWith = Parameters<typeof nextCommand>[1];

const MARGIN = 12;
const INDENT = ' '.repeat(MARGIN + 2);

/** The answer first: the verdict in a sentence and when the vendor was read, then place by place, then who says so. */
export function printStatus(view: StatusView, options: AskedWith): void {
  const { glance, level, name, subject } = view;
  const { width } = terminal;
  const answer = wrapped(`${glance.verdict.toUpperCase()}. ${glance.sentence}`, width);
  terminal.line(levelColor(level)(bold(answer)));
  terminal.line(wrapped(readingSentence(glance, localTime), width));
  terminal.line();
  terminal.line(`${bold(name)} ${dim(`(${subject}, ${view.vendor})`)}`);
  for (const surface of glance.surfaces) {
    const words = surfaceSentence(surface, localTime, shortDay);
    const color = levelColor(surface.level);
    printBeside(surface.label, words, color);
  }
  terminal.line();
  printSides(glance);
  terminal.line(dim(`known at ${localTime(view.asOf)}; every claim: --all`));
  printWhy(subject, options);
  terminal.line();
}

function printWhy(subject: string, options: AskedWith): void {
  const why = `why: ${nextCommand(`explain ${subject}`, options)}`;
  terminal.line(dim(wrapped(why, terminal.width, '  ')));
}

function printSides(glance: GlanceView): void {
  const sides = [
    ['For', glance.for],
    ['Against', glance.against],
  ] as const;
  for (const [side, said] of sides) {
    if (said === null) continue;
    printBeside(side, `“${said.quote}”`);
    terminal.line(dim(`${INDENT}${wrapped(sourceWords(said), terminal.width, INDENT)}`));
    terminal.line(dim(`${INDENT}${said.url}`));
  }
  if (sides.some(([, said]) => said !== null)) terminal.line();
}

function sourceWords({ publisher, class: of, at }: SaidView): string {
  const interest = of === 'S4' ? ', an interested party' : '';
  return `${publisher}${interest}, seen ${localTime(at)}`;
}

/** A label with words beside it, broken at spaces under themselves. */
function printBeside(
  label: string,
  text: string,
  color: (text: string) => string = (same) => same,
): void {
  const lines = wrapped(text, terminal.width - INDENT.length).split('\n');
  for (const [at, line] of lines.entries()) {
    terminal.line(`${(at === 0 ? label : '').padEnd(MARGIN)}  ${color(line)}`);
  }
}

function claimColumns(): readonly Column[] {
  return [
    { title: 'claim', flexible: true },
    { title: 'level', color: levelColor },
    { title: `since (${zoneName()})` },
    { title: 'voices' },
    { title: 'primary' },
  ];
}

/** Every claim in a row of its own, with flags and what could not be checked. */
export function printClaims(view: StatusView, options: AskedWith): void {
  const { width } = terminal;
  const title = `${bold(view.name)} ${dim(`(${view.subject}, ${view.vendor})`)}`;
  terminal.line(`${title}  ${levelColor(view.level)(bold(view.level.toUpperCase()))}`);
  terminal.line(dim(`known at ${localTime(view.asOf)}`));
  if (view.discovered !== null) {
    const { at, target, firstHand } = view.discovered;
    const how = firstHand ? 'first-hand' : 'by a report';
    terminal.line(dim(`found ${how} at ${localTime(at)} in ${target}`));
  }
  terminal.line();
  const spoken = view.claims.filter(({ rule, facet }) => rule !== '7' || facet === 'released');
  const quiet = view.claims.filter((claim) => !spoken.includes(claim));
  terminal.line(table(claimColumns(), spoken.map(claimRow), width));
  for (const claim of spoken.filter(({ flags }) => flags.length > 0)) {
    const flags = claim.flags.map((flag) => flagWords(flag, claim, view)).join(', ');
    terminal.line(wrapped(`${labelOf(claim)}: ${flags}`, width, '  '));
  }
  if (quiet.length > 0) {
    terminal.line(dim(wrapped(`nothing said of: ${quiet.map(labelOf).join(', ')}`, width, '  ')));
  }
  for (const line of new Set(spoken.flatMap(({ notChecked }) => notChecked))) {
    terminal.line(wrapped(`not checked: ${line}`, width, '  '));
  }
  printWhy(view.subject, options);
  terminal.line();
}

/** A flag in its short form; dates that conflict are given, each with who gives it. */
function flagWords(flag: string, { facet }: ClaimView, { glance }: StatusView): string {
  const days = glance.surfaces.find(({ surface }) => surface === facet)?.days ?? [];
  const given = days.map(({ day, by }) => `${day} by ${by.join(', ')}`).join('; ');
  const words = flag.replaceAll('_', ' ');
  return flag === 'date_conflict' && given !== '' ? `${words} (${given})` : words;
}

function claimRow(claim: ClaimView): readonly string[] {
  const { level, status, since, voices, primary } = claim;
  return [
    ...[labelOf(claim), levelWords(level, status), shortTime(since), voiceWords(voices)],
    primary.mandatory === 0
      ? '-'
      : `${primary.state.replaceAll('_', ' ')} ${primary.checked}/${primary.mandatory}`,
  ];
}
