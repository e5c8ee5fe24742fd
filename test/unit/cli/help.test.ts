import { describe, expect, it } from 'vitest';
import { wholeProgram } from '../../../src/cli/program.ts';
import { callsIn, everyCommand, helpOf, pathOf, refusalOf } from '../../support/shown-commands.ts';

const commands = everyCommand(await wholeProgram()).filter((command) => command.parent !== null);

describe.each(commands.map((command) => [pathOf(command), command] as const))(
  'the help of %s',
  (path, command) => {
    const help = helpOf(command);

    it('the help of a command says what the command does, and names the options that all have', () => {
      expect(command.description()).toMatch(/^[A-Z].*\.$/s);
      for (const option of ['--json', '--config <file>', '--db <url>'])
        expect(help).toContain(option);
    });

    it('the help of a command shows calls that the program takes, one of them of this very command', async () => {
      const calls = callsIn(help.split('Examples:')[1] ?? '');
      expect(calls.some((args) => `${args.join(' ')} `.startsWith(`${path} `))).toBe(true);
      const refused = await Promise.all(calls.map(refusalOf));
      expect(refused.filter((reason) => reason !== null)).toEqual([]);
    });

    it('the help of a command explains every option and argument', () => {
      const explained = [...command.options, ...command.registeredArguments];
      for (const { description } of explained) expect(description).toMatch(/\S{2}/);
    });
  },
);

it('the test of the examples finds an option, a command and an argument that the program does not take', async () => {
  expect(await refusalOf(['status', '--nope'])).toContain('unknown option');
  expect(await refusalOf(['statsu'])).toContain('unknown command');
  expect(await refusalOf(['explain'])).toContain('missing required argument');
  expect(await refusalOf(['daemon', '--port', 'x'])).toContain('port');
  expect(await refusalOf(['evidence', 'show', 'ev_1'])).toBeNull();
});

it('the test of the examples reads calls as a shell does', () => {
  const block =
    '$ firsthand status a --json | jq .\nnpx firsthand wait "a b" && ./go # then\nls firsthand\n';
  expect(callsIn(block)).toEqual([
    ['status', 'a', '--json'],
    ['wait', 'a b'],
  ]);
});
