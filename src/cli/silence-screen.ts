import type { HeldBack, UntoldView } from '../read/held-back.ts';
import { bold, dim, localTime, terminal, wrapped } from './print.ts';

/** What of a story or a model brought no message by itself, and why. */
export function printSilence({ about, held }: UntoldView): void {
  terminal.line(bold(wrapped(about, terminal.width)));
  if (held.length === 0) terminal.line('Nothing was kept back: all that happened was told.');
  else {
    terminal.line('What brought no message by itself, by the rule that kept it back:');
    printHeld(held);
  }
}

/** Rule by rule: why, what sets it, and what it kept back. */
export function printHeld(held: readonly HeldBack[]): void {
  const width = terminal.width - 2;
  for (const { rule, reason, setting, events, more } of held) {
    terminal.line();
    terminal.line(wrapped(`${bold(rule)}: ${reason}`, terminal.width, '  '));
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
