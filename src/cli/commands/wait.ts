import type { Command } from 'commander';
import { vainHope, WAITED_LEVELS, type Waited, waitFor } from '../../operations/wait.ts';
import { type CommonOptions, commandNamed, interruption, oneOf, withDatabase } from '../options.ts';
import { dim, levelColor, localTime, present, terminal, wrapped } from '../print.ts';

interface WaitOptions extends CommonOptions {
  facet?: string;
  level: string;
  timeout: string;
}

export function command(): Command {
  return commandNamed(
    'wait',
    'Blocks until a level is reached, for pipelines: a daemon, or "check" from elsewhere, reads the sources meanwhile. Exits 1 when the time is over before.',
    [
      'wait gpt-7 --timeout 2h && ./switch-models',
      'wait gpt-5.5 --facet api_listed --level secondary',
    ],
  )
    .argument('<subject>', 'a model or product that is known or followed')
    .option('--facet <facet>', 'this claim only, such as announced or api_listed')
    .option('--level <level>', `the level to reach: ${WAITED_LEVELS.join(', ')}`, 'confirmed')
    .option('--timeout <duration>', 'how long at most, such as 90s, 30m or 2h', '2h')
    .action(run);
}

async function run(subject: string, options: WaitOptions): Promise<void> {
  const { facet = null, timeout, json } = options;
  const level = oneOf(options.level, '--level', WAITED_LEVELS) ?? 'confirmed';
  const signal = interruption();
  const waited = await withDatabase(options, async (open) => {
    const unmet = async () => {
      const vain = json === true ? null : await vainHope(open);
      if (vain !== null) terminal.note(dim(wrapped(vainWords(vain.lastReadAt), terminal.width)));
    };
    return waitFor(open, { subject, facet, level, timeout, signal, unmet });
  });
  present(options, waited, print);
  if (!waited.reached) process.exitCode = 1;
}

function vainWords(lastReadAt: string | null): string {
  const read = lastReadAt === null ? 'ever been read' : `been read since ${localTime(lastReadAt)}`;
  return `No source has ${read}: is a daemon running?`;
}

function print({ subject, claim, level, wanted, reached, since, waited }: Waited): void {
  const held = since === null ? '' : ` since ${localTime(since)}`;
  const is = `${subject} ${claim}: ${levelColor(level)(level)}${held}`;
  const end = reached ? '' : `, not ${wanted} after ${waited} s`;
  terminal.text(`${is}${end}`);
}
