import { addressesByHost, hostOfAddress } from '../domain/target.ts';
import type { CheckSummary } from '../operations/check-pass.ts';
import type { PackageReport } from '../operations/package-report.ts';
import { dim, green, levelColor, red, terminal, wrapped } from './print.ts';
import { type Fault, printTroubles } from './trouble.ts';

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
