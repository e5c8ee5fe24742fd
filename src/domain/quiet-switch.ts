/** The quiet rules that can be turned off one by one. */
export const QUIET_SWITCHES = [
  'of-its-model',
  'after-confirmation',
  'not-followed',
  'first-sight',
  'code-name',
  'retirement-known',
  'never-told',
  'minor-facet',
  'mention',
] as const;

export type QuietSwitch = (typeof QUIET_SWITCHES)[number];
