import { expect, it } from 'vitest';
import { requirementOf } from '../../../src/read/status.ts';
import type { ClaimView, StatusView } from '../../../src/read/views.ts';

function viewOf(level: ClaimView['level'], checked: number, mandatory = 2): StatusView {
  const claim = {
    ...{ facet: 'released', qualifiers: {}, value: null, level },
    primary: { state: 'stale', checked, mandatory, at: null },
  };
  return { subject: 'gpt-7', claims: [claim] } as unknown as StatusView;
}

it('a required level is met by what reaches it, however old the database is', () => {
  expect(requirementOf(viewOf('confirmed', 0), null, 'confirmed')).toBe('met');
  expect(requirementOf(viewOf('secondary', 0), null, 'rumor')).toBe('met');
});

it('a required level is not met while a channel that would say so is read and silent', () => {
  expect(requirementOf(viewOf('rumor', 1), null, 'confirmed')).toBe('not-met');
});

it('a required level cannot be told when no such channel was read recently', () => {
  expect(requirementOf(viewOf('rumor', 0), null, 'confirmed')).toBe('cannot-say');
  expect(requirementOf(viewOf('unknown', 0), null, 'rumor')).toBe('cannot-say');
});

it('a required level is not met by what the vendor took back or denied, nor where no channel has to speak', () => {
  expect(requirementOf(viewOf('withdrawn', 0), null, 'confirmed')).toBe('not-met');
  expect(requirementOf(viewOf('contradicted', 0), null, 'rumor')).toBe('not-met');
  expect(requirementOf(viewOf('rumor', 0, 0), null, 'confirmed')).toBe('not-met');
  expect(requirementOf(viewOf('rumor', 0), 'priced', 'confirmed')).toBe('not-met');
});
