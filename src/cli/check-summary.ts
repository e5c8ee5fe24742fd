import { addressesByHost, causeOf, hostOfAddress } from '../domain/target.ts';
import type { CheckSummary, PackageReport } from '../operations/check-pass.ts';
import { dim, green, levelColor, localTime, red, terminal, wrapped } from './print.ts';

type Report = CheckSummary['reports'][number];

/** What people call the end of a check: a channel without its key is off, which is no trouble. */
export function endOf({ outcome, error }: Pick<Report, 'outcome' | 'error'>): string {
  return error?.kind === 'off' ? 'off' : outcome;
}

const GOOD = new Set(['present', 'silent']);

export function colorOf(end: string): (text: string) => string {
  if (GOOD.has(end)) return green;
  return end === 'off' ? dim : red;
}

/** What a pass came to, as a document. */
export function checkView({ reports, alerts, deliveries, packages }: CheckSummary): unknown {
  return {
    checks: reports.map((report) => ({
      target: report.target.id,
      outcome: endOf(report),
      unchanged: report.unchanged,
      items: report.items,
      changes: report.changes.length,
      failure:
        report.error === null ? null : { kind: report.error.kind, message: report.error.message },
    })),
    packages,
    transitions: reports.flatMap(({ transitions }) => transitions),
    alerts: alerts.map(({ id, subject, kind, message }) => ({
      id,
      subject,
      kind,
      title: message.title,
    })),
    deliveries,
  };
}

/** What a pass came to, on one screen however many addresses there are. */
export function printCheck(summary: CheckSummary, asked: readonly string[]): void {
  const { reports, alerts, deliveries, packages } = summary;
  terminal.line(counted(reports));
  printTroubles(faultsIn(reports), reports.length);
  if (reports.some(({ error }) => error !== null && error.kind !== 'off')) {
    terminal.line(dim('Each address and its reason: firsthand sources --trouble'));
  }
  for (const one of packages) {
    if (one.isNew || asked.length > 0) printPackage(one, asked.length > 0);
  }
  const moved = reports.flatMap(({ transitions }) => transitions).filter(({ quiet }) => !quiet);
  for (const { subject, from, to } of moved) {
    terminal.line(
      `${subject}: ${levelColor(from.level)(from.level)} to ${levelColor(to.level)(to.level)}`,
    );
  }
  for (const { message } of alerts) terminal.line(`alert: ${message.title}`);
  const { sent, failed, dead } = deliveries;
  if (sent + failed + dead > 0) {
    terminal.line(`deliveries: ${sent} sent, ${failed} to be tried again, ${dead} given up`);
  }
}

/** `112 addresses read: 1 present, 110 unreachable, 1 off`. */
function counted(reports: readonly Report[]): string {
  const counts = new Map<string, number>();
  for (const report of reports) counts.set(endOf(report), (counts.get(endOf(report)) ?? 0) + 1);
  const parts = [...counts]
    .sort(([a], [b]) => Number(GOOD.has(b)) - Number(GOOD.has(a)) || (a < b ? -1 : 1))
    .map(([end, count]) => colorOf(end)(`${count} ${end.replace('_', ' ')}`));
  const what = reports.length === 1 ? '1 address' : `${reports.length} addresses`;
  return parts.length === 0 ? 'Nothing was to be read.' : `${what} checked: ${parts.join(', ')}`;
}

function faultsIn(reports: readonly Report[]): readonly Fault[] {
  const atHost = addressesByHost(reports.map(({ target }) => target.url));
  return reports.flatMap(({ target, error, outcome }) => {
    if (error === null) return [];
    const host = hostOfAddress(target.url);
    const state = endOf({ outcome, error });
    return [{ state, host, atHost: atHost.get(host) ?? 1, why: error.message }];
  });
}

function printPackage(news: PackageReport, whole: boolean): void {
  const { version, day, integrity, models, discovered } = news;
  const when = day === null ? '' : ` of ${day}`;
  terminal.line(`\n${news.package} ${version}${when} types ${models.length} models`);
  if (integrity !== null) terminal.line(dim(`  integrity ${integrity}`));
  if (whole) terminal.line(`  ${wrapped(models.join(' '), terminal.width - 2, '  ')}`);
  if (discovered.length === 0) return;
  const found = `found by themselves, in no catalogue: ${discovered.join(' ')}`;
  terminal.line(`  ${wrapped(found, terminal.width - 2, '  ')}`);
}

/** An address that could not be read. */
export interface Fault {
  /** What people call it: `unreachable`, `blocked`, `off`. */
  state: string;
  host: string;
  /** How many addresses of the host are read. */
  atHost: number;
  why: string;
  since?: string;
}

/** How many of the addresses of a host a cause cuts off. */
interface HostShare {
  cut: number;
  read: number;
}

interface Cause {
  state: string;
  why: string;
  since: string | undefined;
  hosts: Map<string, HostShare>;
}

/** Hosts that are named before the rest is counted. */
const NAMED = 4;

/** What could not be read, by what was wrong: a cable that is pulled out is one line, however many addresses it cuts off. */
export function printTroubles(faults: readonly Fault[], addresses: number): void {
  const causes = new Map<string, Cause>();
  for (const { state, host, atHost, why, since } of faults) {
    const key = `${state} ${causeOf(why, host)}`;
    const cause = causes.get(key) ?? { state, why, since, hosts: new Map<string, HostShare>() };
    cause.hosts.set(host, { cut: (cause.hosts.get(host)?.cut ?? 0) + 1, read: atHost });
    if (since !== undefined && since < (cause.since ?? since)) cause.since = since;
    causes.set(key, cause);
  }
  const sorted = [...causes.values()].sort((a, b) => sizeOf(b) - sizeOf(a));
  for (const cause of sorted) printCause(cause, addresses);
}

function sizeOf({ hosts }: Cause): number {
  return [...hosts.values()].reduce((sum, { cut }) => sum + cut, 0);
}

function printCause(cause: Cause, addresses: number): void {
  const { state, why, since, hosts } = cause;
  const size = sizeOf(cause);
  const isAll = hosts.size > NAMED && size > addresses / 2 && state !== 'off';
  const from = since === undefined ? '' : ` since ${localTime(since)}`;
  const head = `${state.replace('_', ' ')}${from}: ${placesOf(hosts, size)}`;
  const line = wrapped(isAll ? `no network, it seems; ${head}` : head, terminal.width, '  ');
  terminal.line(state === 'off' ? dim(line) : red(line));
  terminal.line(dim(`  ${wrapped(why, terminal.width - 2, '  ')}`));
}

/** A host is named alone only where all of it that is read is cut off. */
function placesOf(hosts: Cause['hosts'], size: number): string {
  const [only] = hosts;
  if (hosts.size === 1 && only !== undefined && only[1].cut < only[1].read) {
    return `${size} of ${only[1].read} addresses at ${only[0]}`;
  }
  const names = [...hosts]
    .sort(([, a], [, b]) => b.cut - a.cut)
    .map(([host, { cut, read }]) => (cut < read ? `${host} (${cut} of ${read})` : host));
  const rest = names.length - NAMED;
  const shown = rest > 0 ? [...names.slice(0, NAMED), `${rest} more hosts`] : names;
  const where =
    shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : shown[0];
  return size === 1 ? `${where}` : `${size} addresses of ${where}`;
}
