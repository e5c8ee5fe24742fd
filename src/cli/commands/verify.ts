import type { Command } from 'commander';
import { runVerify } from '../../operations/verify.ts';
import { appOptions, type CommonOptions, commandNamed } from '../options.ts';
import { terminal } from '../print.ts';
import { printVerification } from '../verification.ts';

export function command(): Command {
  return commandNamed(
    'verify',
    'Proves the database from its bytes up: hashes every body, makes every quoted text again, derives every verdict again. Exits 1 on findings.',
    ['verify', 'verify --db /mnt/backups/firsthand-20260421T030000Z.db'],
  ).action(run);
}

async function run(options: CommonOptions): Promise<void> {
  const verification = await runVerify(appOptions(options));
  if (options.json) terminal.json(verification);
  else printVerification(verification);
  if (verification.findings.length > 0) process.exitCode = 1;
}
