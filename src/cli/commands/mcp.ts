import type { Command } from 'commander';
import { runMcp } from '../../operations/mcp.ts';
import { appOptions, type CommonOptions, commandNamed, interruption } from '../options.ts';

export function command(): Command {
  return commandNamed(
    'mcp',
    'Answers an assistant over the Model Context Protocol on standard input and output; "serve" answers the same at /mcp.',
    ['mcp', 'mcp --config /etc/firsthand/config.yaml'],
  ).action((options: CommonOptions) => runMcp(appOptions(options), interruption()));
}
