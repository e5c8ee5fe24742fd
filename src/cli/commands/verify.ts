import type { Command } from 'commander';
import type { Tally } from '../../maintenance/verify-evidence.ts';
import { runVerify } from '../../operations/verify.ts';
import { appOptions, type CommonOptions, commandNamed, interruption } from '../options.ts';
import { terminal } from '../print.ts';
import { printVerification } from '../verification.ts';

interface VerifyCommandOptions extends CommonOptions {
  resume?: boolean;
}

export function command(): Command {
  return commandNamed(
    'verify',
    'Proves the database from its bytes up: hashes every body, makes every quoted text again, derives every verdict again. Exits 1 on findings, 130 when it is stopped.',
    ['verify', 'verify --resume', 'verify --db /mnt/backups/firsthand-20260421T030000Z.db'],
  )
    .option('--resume', 'continues where the last run was stopped')
    .action(run);
}

const STOPPED = 130;

async function run(options: VerifyCommandOptions): Promise<void> {
  const { json = false, resume = false } = options;
  const isWatched = process.stderr.isTTY && !json;
  const verification = await runVerify(appOptions(options), {
    ...{ resume, signal: interruption() },
    ...(isWatched && { onProgress: progressLines() }),
  });
  if (json) terminal.json(verification);
  else printVerification(verification);
  if (verification.isStopped) process.exitCode = STOPPED;
  else if (verification.findings.length > 0) process.exitCode = 1;
}

const EVERY = 2_000;

/** A line every other second. */
function progressLines(): (tally: Readonly<Tally>) => void {
  let last = performance.now();
  return ({ bodies, evidence, verdicts, findings }) => {
    if (performance.now() - last < EVERY) return;
    last = performance.now();
    terminal.note(
      `${bodies} bodies, ${evidence} quotes, ${verdicts} verdicts so far, ${findings.length} findings`,
    );
  };
}
