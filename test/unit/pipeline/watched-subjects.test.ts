import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Subject } from '../../../src/domain/subject.ts';
import { watchedSubjects } from '../../../src/pipeline/targets.ts';
import { makeSubject } from '../../support/make.ts';

function revealed(id: string, day: number): Subject {
  const at = `2026-04-0${day}T00:00:00.000Z` as const;
  return {
    ...makeSubject({ id }),
    discovered: { at, target: 't', snapshot: 's', firstHand: true },
  };
}

const SUBJECTS = [
  ...[revealed('gpt-9', 1), revealed('gpt-4-0314', 1), revealed('gpt-77', 3)],
  ...[revealed('gpt-5.5', 2), makeSubject({ id: 'gpt-image-2' })],
];

it('what is followed comes first and then what was revealed last, in whatever order pages were read', () => {
  const order = fc.shuffledSubarray(SUBJECTS, { minLength: SUBJECTS.length });
  fc.assert(
    fc.property(order, (subjects) => {
      const reader = { subjects: () => subjects, vendors: () => [] };
      const watchlist = { follow: ['gpt-image-2'], except: [], discover: true };
      const ids = watchedSubjects(reader, watchlist).subjects.map(({ id }) => id);
      expect(ids).toEqual(['gpt-image-2', 'gpt-77', 'gpt-5.5', 'gpt-4-0314', 'gpt-9']);
    }),
  );
});
