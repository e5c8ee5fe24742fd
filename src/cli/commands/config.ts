import type { Command } from 'commander';
import { checkConfig } from '../../operations/config-check.ts';
import { appOptions, type CommonOptions, commandNamed } from '../options.ts';
import { green, terminal, wrapped } from '../print.ts';

export function command(): Command {
  const config = commandNamed('config', 'Looks after config.yaml.', [
    'config check',
    'config schema',
  ]);
  const check = commandNamed(
    'check',
    'Reads the configuration and says everything that is wrong with it.',
    ['config check --config config.yaml'],
  ).action((_own: unknown, self: Command) => runCheck(self.optsWithGlobals()));
  const schema = commandNamed('schema', 'Prints the JSON Schema of config.yaml, for editors.', [
    'config schema > config.schema.json',
  ]).action(runSchema);
  return config.addCommand(check).addCommand(schema);
}

async function runCheck(options: CommonOptions): Promise<void> {
  const found = await checkConfig(appOptions(options));
  if (options.json) {
    terminal.json(found);
    return;
  }
  terminal.line(green(`${found.file} is in order.`));
  terminal.line(
    `follows ${found.follow.length} subjects${found.discover ? ', and every model a vendor reveals' : ''}`,
  );
  terminal.line(`${found.watchers.length} watchers, ${found.targets} addresses to read`);
  terminal.line(`${found.channels.length} channels, ${found.routes} routes`);
  for (const note of found.notes) terminal.line(wrapped(`note: ${note}`, terminal.width, '  '));
}

async function runSchema(): Promise<void> {
  const { configSchema } = await import('../../operations/config-check.ts');
  terminal.json(configSchema());
}
