import type { QuietSwitch } from '../../domain/quiet-switch.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../domain/time.ts';

/** What keeps the alerts few. Times in milliseconds. */
export interface QuietRules {
  /** How long what adds weight to a story waits for more of it. */
  gather: number;
  /** How long what takes something back must hold before it is told. */
  hold: number;
  /** When the rest of a day is told: `daily 08:00`. */
  followUp: string;
  zone: string;
  /** How long after it opened another model of the family joins a launch. */
  familyWindow: number;
  /** How long a story takes in what happens to its subjects. */
  storyWindow: number;
  /** How long a level that was told is not told again. */
  repeat: number;
  /** Rules that are off: what they would keep back is told in the follow-up of the day. */
  tellAlso: readonly QuietSwitch[];
}

export const DEFAULT_QUIET_RULES: QuietRules = {
  gather: HOUR,
  hold: HOUR,
  followUp: 'daily 08:00',
  zone: 'UTC',
  familyWindow: 3 * DAY,
  storyWindow: 14 * DAY,
  repeat: 7 * DAY,
  tellAlso: [],
};

interface QuietRule {
  /** Why something is kept and not told at once. */
  reason: string;
  /** What sets it; a `switch` can be turned off alone, and a `fixed` one holds always. */
  by: 'gather' | 'hold' | 'followUp' | 'repeat' | 'switch' | 'fixed';
}

/** Rules that can be turned off one by one. */
const SWITCHES: Readonly<Record<QuietSwitch, string>> = {
  'of-its-model': 'A dated snapshot is told with its model.',
  'after-confirmation': 'Once a vendor has confirmed a model, what others say of it is no news.',
  'not-followed': 'What others say, and documentation, are told of followed models only.',
  'first-sight': 'What stands in a table that was not read before is no change.',
  'code-name': 'A code name is told as the model it turns out to be.',
  'retirement-known': 'That it is gone was already told with its retirement.',
  'never-told': 'Nobody was told of it before, so there is nothing to take back.',
  'minor-facet': 'A detail like this is shown with the model and is worth no message of its own.',
  mention: 'A page that only mentions a model is no news of it.',
};

/** Rules with a setting of their own, or with none. */
const SET = {
  gather: {
    reason: 'What adds to a story waits a little for more, so that one launch is one mail.',
    by: 'gather',
  },
  'follow-up': {
    reason: 'What is of little weight is gathered into one follow-up a day.',
    by: 'followUp',
  },
  'told-before': { reason: 'The story has told it before.', by: 'fixed' },
  'once-a-week': { reason: 'A level that comes and goes is told once a week.', by: 'repeat' },
  'day-passed': {
    reason:
      'A day that has come is told the morning after, where no page has shown by then that it is over.',
    by: 'followUp',
  },
  'same-outage': {
    reason:
      'What fails at one host, or for one reason, is told once, and again when all of it is well.',
    by: 'fixed',
  },
  hold: {
    reason: 'What takes something back must hold for a while before it is told.',
    by: 'hold',
  },
} as const satisfies Readonly<Record<string, QuietRule>>;

/** Every reason for which something is kept and not told at once. */
export type QuietReason = QuietSwitch | keyof typeof SET;

/** Every rule by its name, for those who ask by a name that was kept. */
const BY_NAME: ReadonlyMap<string, QuietRule> = new Map<string, QuietRule>([
  ...Object.entries(SWITCHES).map(([name, reason]) => [name, { reason, by: 'switch' }] as const),
  ...Object.entries(SET),
]);

/** Why a rule keeps something back, in words; the name itself where no such rule stands any more. */
export function reasonOf(rule: string): string {
  return BY_NAME.get(rule)?.reason ?? rule;
}

/** What sets a rule in the configuration, to what it is set, and to what where nothing is said. */
export interface Setting {
  key: string;
  value: string;
  byDefault: string;
}

/** The setting of a rule; null for one that holds always. */
export function settingOf(rule: string, rules: QuietRules): Setting | null {
  const by = BY_NAME.get(rule)?.by ?? 'fixed';
  if (by === 'fixed') return null;
  const [value, byDefault] = [rules, DEFAULT_QUIET_RULES].map((these) => valueIn(rule, by, these));
  return { key: KEYS[by], value: value ?? '', byDefault: byDefault ?? '' };
}

const KEYS: Readonly<Record<Exclude<QuietRule['by'], 'fixed'>, string>> = {
  gather: 'alerts.gather',
  hold: 'alerts.coolDown',
  followUp: 'alerts.followUp',
  repeat: 'alerts.repeat',
  switch: 'alerts.tellAlso',
};

function valueIn(rule: string, by: Exclude<QuietRule['by'], 'fixed'>, rules: QuietRules): string {
  if (by === 'followUp') return rules.followUp.replace(/^daily /, '');
  if (by !== 'switch') return durationWords(rules[by]);
  return rules.tellAlso.some((one) => one === rule) ? 'names it' : 'does not name it';
}

/** `1h`, `7d`: a duration as the configuration writes it. */
function durationWords(milliseconds: number): string {
  const units = [
    ['d', DAY],
    ['h', HOUR],
    ['m', MINUTE],
    ['s', SECOND],
  ] as const;
  const [unit, size] =
    units.find(([, one]) => milliseconds % one === 0) ?? (['s', SECOND] as const);
  return `${milliseconds / size}${unit}`;
}
