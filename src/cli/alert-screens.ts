import type { RouteDecision } from '../domain/alert.ts';
import type { AlertDetail, AlertExplanation, Retried } from '../operations/alerts.ts';
import type { AlertRow, AlertsView } from '../read/alerts.ts';
import type { HeldBack, UntoldView } from '../read/held-back.ts';
import {
  bold,
  dim,
  green,
  localTime,
  red,
  shortTime,
  terminal,
  wrapped,
  yellow,
  zoneName,
} from './print.ts';
import { type Columns, printTable } from './table.ts';

function alertColumns(): Columns {
  return [`when (${zoneName()})`, { title: 'what', flexible: true }];
}

/** What was told to whom, and what each channel has not delivered. */
export function printAlerts({ alerts, channels, next }: AlertsView): void {
  if (alerts.length === 0) terminal.line('Nothing like that was told.');
  else {
    const rows = alerts.map((alert) => ({
      cells: [shortTime(alert.at), alert.title],
      below: `${alert.id} to ${wayOf(alert)}`,
    }));
    printTable(alertColumns(), rows);
  }
  if (next !== null) terminal.line(dim(`more: --after ${next}`));
  for (const channel of channels) printTrouble(channel);
}

/** `mail, chat dead`; an alert that no route wanted went nowhere. */
function wayOf({ deliveries }: AlertRow): string {
  if (deliveries.length === 0) return 'nobody';
  return deliveries
    .map(({ channel, state }) => (state === 'sent' ? channel : `${channel} ${state}`))
    .join(', ');
}

function printTrouble({
  channel,
  queued,
  dead,
  nextAt,
  heldUntil,
  error,
}: AlertsView['channels'][number]): void {
  const waits = [
    queued === 0 ? '' : `${queued} queued, the next at ${localTime(heldUntil ?? nextAt)}`,
    dead === 0 ? '' : `${dead} given up`,
  ].filter((part) => part !== '');
  const said = error === null ? '' : `: ${error}`;
  const color = dead > 0 ? red : yellow;
  terminal.text(color(`${channel}: ${waits.join(', ')}${said}`), '  ');
  if (dead > 0) terminal.line(dim(`  again: firsthand alerts retry --channel ${channel}`));
}

/** One alert as a mail shows it, and how each delivery went. */
export function printAlert(detail: AlertDetail): void {
  terminal.line(dim(`${detail.id} · ${detail.kind} · ${localTime(detail.at)}`));
  terminal.line();
  for (const line of detail.text.trimEnd().split('\n')) {
    const [before = ''] = /^ */.exec(line) ?? [];
    const indent = line.startsWith('- ') ? '  ' : before;
    terminal.line(`${before}${wrapped(line.trim(), terminal.width - before.length, indent)}`);
  }
  terminal.line();
  printDeliveries(detail);
}

function printDeliveries({ deliveries }: AlertRow): void {
  if (deliveries.length === 0) terminal.line('It went to nobody.');
  for (const delivery of deliveries) {
    const line = wrapped(deliveryText(delivery), terminal.width, '  ');
    terminal.line(delivery.state === 'dead' ? red(line) : line);
    terminal.line(dim(`  ${delivery.id}`));
  }
}

/** `mail sent at 21 Apr 2026 21:10 CEST, 3 attempts: why`. */
function deliveryText({
  channel,
  state,
  attempts,
  dueAt,
  sentAt,
  error,
}: AlertRow['deliveries'][number]): string {
  const when = state === 'queued' ? `, due at ${localTime(dueAt)}` : ` at ${localTime(sentAt)}`;
  const at = state === 'queued' || state === 'sent' ? when : '';
  const tries = attempts > 1 ? `, ${attempts} attempts` : '';
  return `${channel} ${state}${at}${tries}${error === null ? '' : `: ${error}`}`;
}

/** Why an alert went where it went, and what has changed about that since. */
export function printExplanation(view: AlertExplanation): void {
  const { routing, today, title, at } = view;
  terminal.text(bold(title));
  terminal.line(dim(`${view.id} · ${view.kind} · ${view.subject} · ${localTime(at)}`));
  terminal.line();
  if (routing === null) {
    terminal.line('Why it went where it went was not kept yet when it was told.');
    terminal.line();
    terminal.line('The routes of today:');
    printDecisions(today.decisions);
  } else {
    printDecisions(routing.decisions);
    const [then, now] = [channelsOf(routing.decisions), channelsOf(today.decisions)];
    if (then !== now) {
      terminal.line();
      terminal.text(`Today it would go to ${now}:`);
      printDecisions(today.decisions);
    }
  }
  terminal.line();
  printDeliveries(view);
  if (view.held.length > 0) {
    terminal.line();
    terminal.line(bold('What brought no message by itself; messages of the story may show it'));
    printHeld(view.held);
  }
}

const INDENT = ' '.repeat(4);

function printDecisions(decisions: readonly RouteDecision[]): void {
  if (decisions.length === 0) {
    terminal.line('There is no route: everything is kept, and goes nowhere.');
  }
  const width = terminal.width - INDENT.length;
  for (const { route, because, plans } of decisions) {
    const mark = plans.length > 0 ? green('yes') : dim('no ');
    terminal.line(`${mark} ${wrapped(`${route}: ${because}`, width, INDENT)}`);
    for (const plan of plans) {
      const way = `to ${plan.channel}, ${plan.because}`;
      terminal.line(`${INDENT}${wrapped(way, width, INDENT)}`);
    }
  }
}

function channelsOf(decisions: readonly RouteDecision[]): string {
  const names = decisions.flatMap(({ plans }) => plans).map(({ channel }) => channel);
  return names.length === 0 ? 'nobody' : [...new Set(names)].sort().join(', ');
}

/** How each delivery stands that was tried again. */
export function printRetried({ deliveries }: Retried): void {
  if (deliveries.length === 0) terminal.line('Nothing like that was given up.');
  for (const { channel, state, error, title, id } of deliveries) {
    const said = state === 'sent' || error === null ? '' : `: ${error}`;
    const color = state === 'sent' ? green : yellow;
    terminal.text(`${color(state)} ${channel}: ${title}${said}`, '  ');
    terminal.line(dim(`  ${id}`));
  }
}

/** What of a story or a model brought no message by itself, and why. */
export function printSilence({ about, held }: UntoldView): void {
  terminal.text(bold(about));
  if (held.length === 0) terminal.line('Nothing was kept back: all that happened was told.');
  else {
    terminal.line('What brought no message by itself, by the rule that kept it back:');
    printHeld(held);
  }
}

/** Rule by rule: why, what sets it, and what it kept back. */
function printHeld(held: readonly HeldBack[]): void {
  const width = terminal.width - 2;
  for (const { rule, reason, setting, events, more } of held) {
    terminal.line();
    terminal.text(`${bold(rule)}: ${reason}`, '  ');
    if (setting !== null) terminal.line(dim(`  ${wrapped(settingWords(setting), width, '  ')}`));
    for (const { at, subject, what } of events) {
      terminal.line(`  ${wrapped(`${localTime(at)}  ${subject} ${what}`, width, '    ')}`);
    }
    if (more > 0) terminal.line(dim(`  and ${more} more`));
  }
}

/** `alerts.gather is 1h (the default)`. */
function settingWords({ key, value, byDefault }: NonNullable<HeldBack['setting']>): string {
  const verb = value.startsWith('name') || value.startsWith('does') ? '' : 'is ';
  const isUsual = value === byDefault;
  return `${key} ${verb}${value}${isUsual ? ' (the default)' : ` (by default it ${verb}${byDefault})`}`;
}
