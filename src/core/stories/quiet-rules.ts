import { DAY, HOUR } from '../../domain/time.ts';

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
}

export const DEFAULT_QUIET_RULES: QuietRules = {
  gather: HOUR,
  hold: HOUR,
  followUp: 'daily 08:00',
  zone: 'UTC',
  familyWindow: 3 * DAY,
  storyWindow: 14 * DAY,
  repeat: 7 * DAY,
};

/** Every reason for which something is kept and not told at once, with what stands behind it. */
export const QUIET_REASONS = {
  gather: 'What adds to a story waits a little for more, so that one launch is one mail.',
  'follow-up': 'What is of little weight is gathered into one follow-up a day.',
  'of-its-model': 'A dated snapshot is told with its model.',
  'told-before': 'The story has told it before.',
  'once-a-week': 'A level that comes and goes is told once a week.',
  'after-confirmation': 'Once a vendor has confirmed a model, what others say of it is no news.',
  'not-followed': 'What others say, and documentation, are told of followed models only.',
  'first-sight': 'What stands in a table that was not read before is no change.',
  'retirement-known': 'That a model goes away is told by its retirement, once.',
  'never-told': 'What nobody was told need not be taken back to anybody.',
  'minor-facet': 'It says little by itself and is shown where the model is told.',
  mention: 'A page that only mentions a model is no news of it.',
  'same-outage':
    'What fails at one host, or for one reason, is told once, and again when all of it is well.',
  hold: 'What takes something back must hold for a while before it is told.',
} as const;

export type QuietReason = keyof typeof QUIET_REASONS;
