import { expect, it } from 'vitest';
import {
  DEFAULT_QUIET_RULES,
  reasonOf,
  settingOf,
} from '../../../../src/core/stories/quiet-rules.ts';
import { QUIET_SWITCHES } from '../../../../src/domain/quiet-switch.ts';
import { DAY, HOUR, plus } from '../../../../src/domain/time.ts';
import { storyBook } from '../../../support/story-book.ts';
import { AT, found } from '../../../support/subject-updates.ts';

it('a quiet rule has a reason in words, and a setting with a default', () => {
  for (const name of QUIET_SWITCHES) expect(reasonOf(name)).toMatch(/^[A-Z].*\.$/);
  const rules = { ...DEFAULT_QUIET_RULES, gather: 90 * 60_000, tellAlso: ['mention'] as const };
  expect(settingOf('gather', rules)).toEqual({
    ...{ key: 'alerts.gather', value: '90m', byDefault: '1h' },
  });
  expect(settingOf('once-a-week', rules)?.value).toBe('7d');
  expect(settingOf('day-passed', rules)?.value).toBe('08:00');
  expect(settingOf('mention', rules)).toEqual({
    ...{ key: 'alerts.tellAlso', value: 'names it', byDefault: 'does not name it' },
  });
  expect(settingOf('told-before', rules)).toBe(null);
});

it('a quiet rule that is off has told in the follow-up what it would keep back', () => {
  const twin = found('gpt-image-2-2026-04-21', ['documented']);
  const told = (tellAlso: readonly 'of-its-model'[]) => {
    const book = storyBook({ ...DEFAULT_QUIET_RULES, tellAlso });
    book.check(AT, [found('gpt-image-2', ['api_listed'])]);
    const later = plus(AT, HOUR);
    book.check(later, [{ ...twin, at: later }]);
    return book.pass(plus(AT, DAY)).length;
  };
  expect(told([])).toBe(0);
  expect(told(['of-its-model'])).toBe(1);
});
