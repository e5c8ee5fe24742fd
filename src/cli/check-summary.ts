import type { CheckSummary } from '../operations/check-pass.ts';
import type { PackageReport } from '../operations/package-report.ts';
import { dim, green, levelColor, red, terminal, wrapped } from './print.ts';
import { type Column, table } from './table.ts';

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
  const troubles = troublesIn(reports);
  if (troubles.length > 0) terminal.line(`\n${table(COLUMNS, troubles, terminal.width)}`);
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

const COLUMNS: readonly Column[] = [
  { title: 'outcome', color: colorOf },
  { title: 'addresses' },
  { title: 'where', flexible: true },
  { title: 'fault' },
  { title: 'first reason', flexible: true },
];

interface Trouble {
  end: string;
  count: number;
  host: string;
  kind: string;
  why: string;
}

/** One line for all addresses of a host that failed alike: twenty of them have one reason. */
function troublesIn(reports: readonly Report[]): readonly (readonly string[])[] {
  const groups = new Map<string, Trouble>();
  for (const report of reports) {
    const { target, error } = report;
    if (error === null) continue;
    const host = new URL(target.url).host || target.url;
    const key = `${endOf(report)} ${host} ${error.kind}`;
    const { kind, message: why } = error;
    const group = groups.get(key) ?? { end: endOf(report), count: 0, host, kind, why };
    groups.set(key, { ...group, count: group.count + 1 });
  }
  const sorted = [...groups.values()].sort(
    (a, b) => b.count - a.count || (a.host < b.host ? -1 : 1),
  );
  return withinScreen(sorted).map(({ end, count, host, kind, why }) => [
    end.replace('_', ' '),
    String(count),
    host,
    kind,
    why,
  ]);
}

const LINES = 12;

/** A line that is cut fails thirty hosts alike; beyond a dozen, those with one reason share a row. */
function withinScreen(troubles: readonly Trouble[]): readonly Trouble[] {
  if (troubles.length <= LINES) return troubles;
  const rest = new Map<string, Trouble[]>();
  for (const one of troubles.slice(LINES)) {
    const key = `${one.end} ${one.kind}`;
    rest.set(key, [...(rest.get(key) ?? []), one]);
  }
  const merged = [...rest.values()].flatMap(([first, ...more]): readonly Trouble[] => {
    if (first === undefined || more.length === 0) return first === undefined ? [] : [first];
    const count = more.reduce((sum, one) => sum + one.count, first.count);
    return [{ ...first, count, host: `${first.host} and ${more.length} more hosts` }];
  });
  return [...troubles.slice(0, LINES), ...merged];
}

function printPackage(news: PackageReport, whole: boolean): void {
  const { version, day, integrity, models, discovered } = news;
  const when = day === null ? '' : ` of ${day}`;
  terminal.line(`\n${news.package} ${version}${when} types ${models.length} models`);
  if (integrity !== null) terminal.line(dim(`  ${integrity}`));
  if (whole) terminal.line(`  ${wrapped(models.join(' '), terminal.width - 2, '  ')}`);
  if (discovered.length === 0) return;
  const found = `found by themselves, in no catalogue: ${discovered.join(' ')}`;
  terminal.line(`  ${wrapped(found, terminal.width - 2, '  ')}`);
}
