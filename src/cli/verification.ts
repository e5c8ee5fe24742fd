import type { Verification } from '../maintenance/verify.ts';
import { green, localTime, red, terminal, wrapped } from './print.ts';

/** What proving a database came to, for people. */
export function printVerification(verification: Verification): void {
  const { bodies, evidence, reread, verdicts, engineChanged, findings } = verification;
  const { resumedFrom, isStopped } = verification;
  terminal.line(`${bodies} bodies hashed, ${verdicts} verdicts derived again`);
  terminal.line(
    `${evidence} quotes looked up, ${reread} of them in texts made again from the bytes`,
  );
  if (engineChanged > 0) {
    terminal.line(
      `${engineChanged} verdicts of another engine, proved by their digests: engine changed`,
    );
  }
  if (resumedFrom !== null) {
    terminal.line(`Resumed: what was stored since ${localTime(resumedFrom)} may not be among it.`);
  }
  if (isStopped) terminal.line('Stopped before the end: firsthand verify --resume goes on.');
  else if (findings.length === 0) terminal.line(green('Everything holds.'));
  if (findings.length > 0) terminal.line(red(`${findings.length} findings:`));
  for (const { kind, about, message } of findings) {
    terminal.line(wrapped(`  ${kind} ${about}: ${message}`, terminal.width, '    '));
  }
}
