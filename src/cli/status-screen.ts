import { facetLabel } from '../domain/claim.ts';
import { hostOfAddress } from '../domain/target.ts';
import { DAY, elapsed, shortDay } from '../domain/time.ts';
import type { GlanceView, SaidView } from '../read/surface-view.ts';
import { readingSentence, surfaceSentence, unsaidWords } from '../read/surface-words.ts';
import { flagSentence } from '../read/verdict-words.ts';
import type { BoardRow, BoardView, ClaimView, StatusView } from '../read/views.ts';
import { printTroubles } from './check-summary.ts';
import { nextCommand } from './options.ts';
import {
  bold,
  dim,
  levelColor,
  levelWords,
  localTime,
  red,
  shortTime,
  terminal,
  voiceWords,
  wrapped,
  zoneName,
} from './print.ts';
import { type Columns, printTable, table } from './table.ts';

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
  terminal.text(dim(why), '  ');
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

function claimColumns(): Columns {
  return [
    { title: 'claim', flexible: true },
    { title: 'level', color: levelColor },
    `since (${zoneName()})`,
    'voices',
    'primary',
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
    terminal.line(wrapped(`${facetLabel(claim)}: ${flags}`, width, '  '));
  }
  if (quiet.length > 0) {
    terminal.line(
      dim(wrapped(`nothing said of: ${quiet.map(facetLabel).join(', ')}`, width, '  ')),
    );
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
    ...[facetLabel(claim), levelWords(level, status), shortTime(since), voiceWords(voices)],
    primary.mandatory === 0
      ? '-'
      : `${primary.state.replaceAll('_', ' ')} ${primary.checked}/${primary.mandatory}`,
  ];
}

function boardColumns(): Columns {
  return [
    { title: 'subject', flexible: true },
    { title: 'released', color: levelColor },
    { title: 'in the API', color: levelColor },
    'retires',
    `since (${zoneName()})`,
  ];
}

/** What is followed, at a glance. */
export function printBoard(view: BoardView): void {
  terminal.line(dim(`known at ${localTime(view.asOf)}`));
  if (view.rows.length === 0) {
    terminal.line('Nothing is known of what is followed yet. To follow more: firsthand follow');
  } else {
    const rows = view.rows.map((row) => ({
      cells: [
        ...[row.subject, row.level, apiWords(row), retirementWords(row), shortTime(row.since)],
      ],
      // A denial that came late takes nothing from what is confirmed.
      below: row.flags
        .filter((flag) => flag !== 'stale_denial')
        .map(flagSentence)
        .join('; '),
    }));
    printTable(boardColumns(), rows);
  }
  if (view.unheard.length > 0) {
    const names = view.unheard.join(', ');
    terminal.text(dim(`not heard of yet: ${names}`), '  ');
  }
  for (const { subject, until, because } of view.silences) {
    const line = `muted: ${subject} until ${localTime(until)}: ${because}`;
    terminal.text(line, '  ');
  }
  const { queued, dead } = view.outbox;
  if (queued > 0) terminal.line(`${deliveries(queued)} to be made`);
  if (dead > 0) {
    terminal.line(red(`${deliveries(dead)} given up: firsthand alerts --state dead`));
  }
  const faults = view.trouble.map(({ target, health, since, reason, atHost }) => {
    const url = target.slice(target.indexOf(':') + 1);
    return { state: health, host: hostOfAddress(url), atHost, why: reason ?? '', since };
  });
  const { lastReadAt, asOf } = view;
  const age = lastReadAt === null ? 0 : elapsed(lastReadAt, asOf);
  if (lastReadAt !== null && age >= DAY) {
    const days = Math.floor(age / DAY);
    terminal.line(
      `Last read ${shortDay(lastReadAt)}, ${days === 1 ? '1 day' : `${days} days`} ago`,
    );
  }
  printTroubles(faults, view.addresses);
}

/** The level of the claim that it is in the API; "never looked" is not "no". */
function apiWords(row: BoardRow): string {
  const api = row.surfaces.find(({ surface }) => surface === 'api');
  if (api === undefined) return '-';
  if (api.level !== 'unknown') return api.level;
  return unsaidWords(api, shortTime).split(',')[0] ?? '';
}

/** The day of the shutdown, or how sure it is. */
function retirementWords(row: BoardRow): string {
  const retired = row.surfaces.find(({ surface }) => surface === 'retired');
  if (retired === undefined || retired.level === 'unknown') return '-';
  return retired.value ?? retired.level;
}

function deliveries(count: number): string {
  return count === 1 ? '1 delivery' : `${count} deliveries`;
}
