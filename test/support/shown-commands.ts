import type { Command } from 'commander';
import { wholeProgram } from '../../src/cli/program.ts';

/** The words of a line as a shell parts them; quotes keep words together. */
export function shellWords(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

/** Without what a shell keeps to itself: comments and redirections. */
function ownPart(line: string): string {
  return line.replace(/\s+(?:#|\d?>|<).*$/, '');
}

const CALL = /^\s*(?:\$ )?(?:npx (?:--no )?)?firsthand (.*)$/;

/** The arguments of every call of the program that a block of shell lines shows. */
export function callsIn(block: string): readonly (readonly string[])[] {
  return block
    .split('\n')
    .flatMap((line) => line.split(/\s(?:&&|\|\|?)\s/))
    .flatMap((part) => CALL.exec(ownPart(part))?.[1] ?? [])
    .map(shellWords);
}

/** The shell blocks of a page, those without a language among them. */
export function shellBlocks(page: string): readonly string[] {
  return [...page.matchAll(/^( *)(`{3,})(.*)\n([\s\S]*?)^\1\2 *$/gm)]
    .filter(([, , , language = '']) => ['', 'sh'].includes(language.trim()))
    .map(([, , , , body = '']) => body);
}

/** Why the program would not take these arguments; null when it would. Nothing is run. */
export async function refusalOf(args: readonly string[]): Promise<string | null> {
  const program = await wholeProgram();
  const silent = { writeOut: () => undefined, writeErr: () => undefined };
  for (const command of everyCommand(program)) {
    command.configureOutput({ ...silent, outputError: () => undefined });
    if (command.commands.length === 0 || takesArguments(command)) command.action(() => undefined);
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return null;
  } catch (thrown) {
    return `firsthand ${args.join(' ')}: ${String(thrown)}`;
  }
}

/** A command that only holds others shows its help when it is called alone. */
function takesArguments(command: Command): boolean {
  return command.name() !== 'firsthand' && command.name() !== 'config';
}

/** A command and all below it. */
export function everyCommand(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/** `evidence show`: how a command is called. */
export function pathOf(command: Command): string {
  const above = command.parent;
  if (above === null) return '';
  return `${pathOf(above)} ${command.name()}`.trim();
}

/** The help of a command with everything around it. */
export function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (written) => (text += written) });
  command.outputHelp();
  return text;
}
