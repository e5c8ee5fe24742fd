import { describe, expect, it } from 'vitest';
import { judgeSubject } from '../../../../src/core/verdict/judge.ts';
import { DEFAULT_POLICY } from '../../../../src/core/verdict/policy.ts';
import { givenDays } from '../../../../src/core/verdict/values.ts';
import type { Evidence } from '../../../../src/domain/evidence.ts';
import { claimOf, makeCase, makeEvidence, makePrimary } from '../../../support/make.ts';

const AT = '2026-05-01T00:00:00.000Z';

function daysOf(pieces: readonly Evidence[], values: readonly string[]) {
  const claims = values.map((value) => claimOf('announced', { value }));
  const verdicts = judgeSubject(makeCase(claims, pieces), AT, DEFAULT_POLICY);
  const evidence = new Map(pieces.map((piece) => [piece.id, piece]));
  return givenDays('announced', verdicts, evidence, String).map(({ day, by }) => [day, ...by]);
}

describe('the days given for an announcement', () => {
  const on = (day: string) => claimOf('announced', { value: day });

  it('begin with that of the newsroom, though the changelog has an earlier one', () => {
    const days = ['2026-04-23', '2026-04-24'];
    const pieces = [
      makePrimary(on('2026-04-23'), { sourceKind: 'changelog', publisher: 'changelog' }),
      makePrimary(on('2026-04-24'), { sourceKind: 'newsroom', publisher: 'newsroom' }),
    ];
    expect(daysOf(pieces, days)).toEqual([
      ['2026-04-24', 'newsroom'],
      ['2026-04-23', 'changelog'],
    ]);
  });

  it('the days given for an announcement have those of others behind, and by how many give them where the vendor gives none', () => {
    const talk = ['a.example', 'b.example'].map((group) =>
      makeEvidence(on('2026-04-20'), { group, publisher: group }),
    );
    const early = makeEvidence(on('2026-04-16'), { group: 'c.example', publisher: 'c.example' });
    const days = ['2026-04-16', '2026-04-20', '2026-04-21'];
    expect(daysOf([early, ...talk], days).map(([day]) => day)).toEqual([
      '2026-04-20',
      '2026-04-16',
    ]);
    const own = makePrimary(on('2026-04-21'), { publisher: 'openai.com' });
    expect(daysOf([early, own], days)).toEqual([
      ['2026-04-21', 'openai.com'],
      ['2026-04-16', 'c.example'],
    ]);
  });
});
