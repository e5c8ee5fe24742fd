import type { Command } from 'commander';
import { type ConfigFindings, checkConfig } from '../../operations/config-check.ts';
import type { Finding } from '../../operations/doctor/doctor.ts';
import { runDoctor } from '../../operations/doctor/doctor.ts';
import { appOptions, type CommonOptions, commandNamed } from '../options.ts';
import { dim, green, present, red, terminal, wrapped, yellow } from '../print.ts';

export function command(): Command {
  return commandNamed(
    'doctor',
    'Looks at all the program needs and says what to do: configuration, database, clock, disk, browser, names, each primary, each channel, dead letters. Writes and sends nothing. Exits 1 when something is wrong.',
    ['doctor', 'doctor --json --config /etc/firsthand/config.yaml'],
  ).action(run);
}

async function run(options: CommonOptions): Promise<void> {
  const findings = await runDoctor(appOptions(options), {
    onFinding: (finding) => {
      if (!options.json) print(finding);
    },
  });
  const faults = findings.filter(({ state }) => state === 'wrong').length;
  if (options.json) terminal.json({ well: faults === 0, findings });
  else if (faults === 0) terminal.line(green('Nothing is wrong.'));
  else terminal.line(red(faults === 1 ? 'One thing is wrong.' : `${faults} things are wrong.`));
  process.exitCode = faults === 0 ? 0 : 1;
}

const MARKS = { ok: green('ok   '), note: yellow('note '), wrong: red('wrong') } as const;

const INDENT = ' '.repeat(6);

function print({ about, state, says, todo }: Finding): void {
  terminal.line(`${MARKS[state]} ${wrapped(`${about}: ${says}`, terminal.width - 6, INDENT)}`);
  if (todo !== null) {
    terminal.line(`${INDENT}${dim(wrapped(`-> ${todo}`, terminal.width - 6, `${INDENT}   `))}`);
  }
}

export function configCommand(): Command {
  const config = commandNamed('config', 'Looks after config.yaml.', [
    'config check',
    'config schema',
  ]);
  const check = commandNamed(
    'check',
    'Reads the configuration and says everything that is wrong with it.',
    ['config check --config config.yaml'],
  ).action(runCheck);
  const schema = commandNamed('schema', 'Prints the JSON Schema of config.yaml, for editors.', [
    'config schema > config.schema.json',
  ]).action(runSchema);
  return config.addCommand(check).addCommand(schema);
}

async function runCheck(options: CommonOptions): Promise<void> {
  present(options, await checkConfig(appOptions(options)), printConfig);
}

function printConfig(found: ConfigFindings): void {
  terminal.line(green(`${found.file} is in order.`));
  terminal.line(
    `follows ${found.follow.length} subjects${found.discover ? ', and every model a vendor reveals' : ''}`,
  );
  terminal.line(`${found.watchers.length} watchers, ${found.targets} addresses to read`);
  terminal.line(`${found.channels.length} channels, ${found.routes} routes`);
  for (const note of found.notes) terminal.text(`note: ${note}`, '  ');
}

async function runSchema(): Promise<void> {
  const { configSchema } = await import('../../operations/config-check.ts');
  terminal.json(configSchema());
}
