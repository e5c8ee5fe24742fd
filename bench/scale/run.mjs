// What one embedded process and several workers over one Postgres carry: `npm run bench:scale [-- PART… --seconds=300]`.
// The fetch is stubbed. The machine may be busy: compare figures of one run, and trust the processor's time.
import process from 'node:process';
import { parseArgs } from 'node:util';
// biome-ignore lint/correctness/useImportExtensions: a plain JavaScript file, with its types beside it
import { ensurePostgres, startPostgres } from '../../scripts/postgres.mjs';
import { engines } from './engines.mjs';
import { growth, lag, leases, workers } from './parts.mjs';

const PARTS = { workers, leases, lag, growth, engines };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    targets: { type: 'string', default: '1000000' },
    checks: { type: 'string', default: '6000' },
    seconds: { type: 'string', default: '30' },
    workers: { type: 'string', default: '2' },
  },
});
const settings = Object.fromEntries(
  Object.entries(values).map(([name, value]) => [name, Number(value)]),
);
const unknown = positionals.filter((name) => !(name in PARTS));
if (unknown.length > 0 || Object.values(settings).some((value) => !(value > 0))) {
  process.stderr.write(
    `There are the parts ${Object.keys(PARTS).join(', ')}, and numbers for --targets, --checks, --seconds and --workers.\n`,
  );
  process.exit(2);
}

ensurePostgres({ say: (line) => process.stderr.write(`${line}\n`) });
// As in production: what is committed has reached the disk.
const server = await startPostgres(['fsync=on', 'shared_buffers=512MB', 'max_wal_size=4GB']);
try {
  for (const [name, part] of Object.entries(PARTS)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    process.stdout.write(`\n# ${name}\n`);
    await part(server, settings);
  }
} finally {
  await server.remove();
}
