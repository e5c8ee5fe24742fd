// From a change at a source to the mail that the server has accepted, with everything but the interval as it comes.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { only, openMailServer, openSite, startDaemon, writeConfig } from '../support/daemon.mjs';
import { scratch } from '../support/project.mjs';
import { figure, median, quantile, wallTime } from '../support/report.mjs';

const HOST = 'developers.openai.com';
const SAMPLES = 21;

const folder = scratch();
const db = join(folder, 'bench.db');
const mail = await openMailServer();
let released = 0;
let servedAt = 0;
const site = await openSite((_request, response) => {
  servedAt = wallTime();
  response.writeHead(200, { 'content-type': 'text/markdown' }).end(changelog(released));
});

/** Two entries that were there before, and the released ones above them, each on a day of its own. */
function changelog(count) {
  const entries = Array.from({ length: count + 2 }, (_, at) => {
    const day = new Date(Date.UTC(2026, 0, 1 + at));
    const month = day.toLocaleString('en-US', { month: 'long', timeZone: 'UTC' });
    const date = day.toLocaleString('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' });
    const model = at < 2 ? `gpt-5.${at + 3}` : `gpt-7.${at - 2}`;
    return {
      month: `## ${month}, 2026`,
      lines: [
        `### ${date}`,
        `Feature · Model: ${model} · API: v1/responses`,
        `Released \`${model}\` in the API.`,
      ],
    };
  }).reverse();
  const months = [...new Set(entries.map(({ month }) => month))];
  const text = months.map((month) =>
    [month, ...entries.filter((one) => one.month === month).flatMap(({ lines }) => lines)].join(
      '\n\n',
    ),
  );
  return `# Changelog\n\n> What is new in the OpenAI API.\n\n${text.join('\n\n')}\n`;
}

const config = writeConfig(folder, {
  store: `sqlite:${db}`,
  follow: { subjects: ['gpt-5.4'], discover: true },
  watchers: only({ 'openai-changelog': { every: '1s' } }),
  fetch: { contact: 'https://bench.example', hosts: { [HOST]: site.origin } },
  channels: {
    mail: {
      kind: 'email',
      host: '127.0.0.1',
      port: mail.port,
      tls: 'none',
      from: 'a@b.example',
      to: ['c@d.example'],
    },
  },
  routes: [{ name: 'everything', to: ['mail'] }],
  alerts: { atMost: 100_000 },
  log: { level: 'silent' },
});
const daemon = await startDaemon(config);
while (servedAt === 0) await pause(50);
await pause(3_000);

const reader = new Database(db, { readonly: true });
const dueAt = reader.prepare('select due_at from targets').pluck();
const spans = { change: [], due: [], served: [] };
for (let sample = 0; sample < SAMPLES; sample += 1) {
  // Anywhere between two looks.
  await pause(2_000 + ((sample * 397) % 2_000));
  const due = Date.parse(dueAt.get());
  const next = mail.next();
  const changedAt = wallTime();
  released += 1;
  const { at } = await next;
  spans.change.push(at - changedAt);
  spans.due.push(at - Math.max(due, changedAt));
  spans.served.push(at - servedAt);
}
reader.close();
await daemon.stop();
site.close();
mail.close();

figure(
  'from the moment the check is due to the mail accepted, median',
  median(spans.due),
  'ms',
  'under 500',
);
figure('  nine of ten within', quantile(spans.due, 0.9), 'ms');
figure('from the answer that holds the change, median', median(spans.served), 'ms');
figure('from the change, at an interval of one second, median', median(spans.change), 'ms');
