import type { Command } from 'commander';
import type { OpenDatabase } from '../../app/open-database.ts';
import { ALERT_KINDS, DELIVERY_STATES } from '../../domain/alert.ts';
import { systemClock } from '../../domain/clock.ts';
import { UsageError } from '../../domain/errors.ts';
import { given } from '../../domain/given.ts';
import {
  explainAlert,
  explainSilence,
  retryDeliveries,
  showAlert,
  testChannel,
} from '../../operations/alerts.ts';
import { alertsOf } from '../../read/alerts.ts';
import { type Known, subjectNamed } from '../../read/known.ts';
import {
  printAlert,
  printAlerts,
  printExplanation,
  printRetried,
  printSilence,
} from '../alert-screens.ts';
import {
  answer,
  appOptions,
  type CommonOptions,
  commandNamed,
  interruption,
  limitOf,
  oneOf,
} from '../options.ts';
import { green, present, red, terminal } from '../print.ts';

interface ListOptions extends CommonOptions {
  subject?: string;
  kind?: string;
  channel?: string;
  state?: string;
  limit: string;
  after?: string;
}

export function command(): Command {
  const alerts = withFilters(
    commandNamed(
      'alerts',
      'Who was told what, the newest first, and what could not be delivered.',
      [
        'alerts',
        'alerts --state dead',
        'alerts explain al_0123456789abcdef0123',
        'alerts test mail',
        'alerts retry --channel mail',
      ],
    ),
  ).action(list);
  return alerts
    .addCommand(withFilters(listCommand()))
    .addCommand(showCommand())
    .addCommand(explainCommand())
    .addCommand(testCommand())
    .addCommand(retryCommand());
}

function withFilters(command: Command): Command {
  return command
    .option('--subject <subject>', 'on one model or product, or one source, only')
    .option('--kind <kind>', `of one kind: ${ALERT_KINDS.join(', ')}`)
    .option('--channel <channel>', 'with a delivery through one channel')
    .option('--state <state>', `with a delivery that is ${DELIVERY_STATES.join(', ')}`)
    .option('--limit <n>', 'at most this many', '50')
    .option('--after <cursor>', 'continues a longer list');
}

function listCommand(): Command {
  return commandNamed('list', 'The same as "alerts" alone.', [
    'alerts list --kind discovery --limit 10',
  ]).action(list);
}

function showCommand(): Command {
  return commandNamed('show', 'One alert as it was told, and how each delivery went.', [
    'alerts show al_0123456789abcdef0123',
  ])
    .argument('<id>', 'an alert or a delivery, as "alerts" prints them')
    .action(show);
}

function explainCommand(): Command {
  return commandNamed(
    'explain',
    'Why an alert went where it went, or why not, and what brought no message by itself: which rule kept it back, and what sets the rule.',
    [
      'alerts explain al_0123456789abcdef0123',
      'alerts explain st_0123456789abcdef0123',
      'alerts explain gpt-5.5',
    ],
  )
    .argument('<id>', 'an alert, a delivery or a story; or a model, for what was not told of it')
    .action(explain);
}

function testCommand(): Command {
  return commandNamed(
    'test',
    'Sends a real message through a channel now, and says what the far side answered. Exits 1 when it was not taken.',
    ['alerts test mail'],
  )
    .argument('<channel>', 'a channel, as the configuration names it')
    .action(test);
}

interface RetryOptions extends CommonOptions {
  channel?: string;
  all?: boolean;
}

function retryCommand(): Command {
  return commandNamed(
    'retry',
    'Sends again what was given up. Exits 1 when some of it was not taken this time either.',
    ['alerts retry al_0123456789abcdef0123', 'alerts retry --channel mail', 'alerts retry --all'],
  )
    .argument('[id]', 'one delivery, or all of one alert')
    .option('--channel <channel>', 'all of one channel')
    .option('--all', 'everything that was given up')
    .action(retry);
}

async function list(options: ListOptions): Promise<void> {
  const { channel, after: cursor } = options;
  const kind = oneOf(options.kind, '--kind', ALERT_KINDS);
  const state = oneOf(options.state, '--state', DELIVERY_STATES);
  const limit = limitOf(options.limit);
  const ask = ({ known, store }: OpenDatabase) => {
    const subject = options.subject === undefined ? null : aboutWhat(known, options.subject);
    const filter = given({ subject, kind, state, channel, cursor });
    return alertsOf(store, { ...filter, limit }, systemClock.now());
  };
  await answer(options, ask, printAlerts);
}

/** An operator's alerts are about a source or calendar work, whose names hold a colon. */
function aboutWhat(known: Known, typed: string): string {
  return typed.includes(':') ? typed : subjectNamed(known, typed).id;
}

async function show(id: string, options: CommonOptions): Promise<void> {
  await answer(options, (open) => showAlert(open, id), printAlert);
}

async function explain(id: string, options: CommonOptions): Promise<void> {
  const isAlert = /^(al|dl)_/.test(id);
  if (isAlert) await answer(options, (open) => explainAlert(open, id), printExplanation);
  else await answer(options, (open) => explainSilence(open, id), printSilence);
}

async function test(channel: string, options: CommonOptions): Promise<void> {
  const tested = await testChannel(appOptions(options), channel, interruption());
  const { kind, taken, said, refused, took } = tested;
  if (options.json) terminal.json(tested);
  else {
    const how = taken ? green('taken') : red('not taken');
    const answer = said === '' ? '' : `: ${said}`;
    terminal.text(`${how} by ${channel} (${kind}) in ${took} ms${answer}`);
    for (const line of refused) terminal.text(red(line), '  ');
  }
  if (!taken || refused.length > 0) process.exitCode = 1;
}

async function retry(id: string | undefined, options: RetryOptions): Promise<void> {
  const { channel, all } = options;
  if (id === undefined && channel === undefined && all !== true) {
    throw new UsageError('What is to be sent again? Name an id, --channel NAME, or --all.');
  }
  const retried = await retryDeliveries(appOptions(options), {
    ...{ id: id ?? null, channel: channel ?? null, signal: interruption() },
  });
  present(options, retried, printRetried);
  if (retried.deliveries.some(({ state }) => state !== 'sent')) process.exitCode = 1;
}
