import { expect, it } from 'vitest';
import type { Finding } from '../../../src/lint/finding.ts';
import { asGithub, asSarif, asText } from '../../../src/lint/finding.ts';

const finding: Finding = {
  file: 'src/a b,c.ts',
  line: 3,
  column: 7,
  id: 'dall-e-2',
  state: 'retired',
  message: 'dall-e-2 was retired on 2026-05-12.\n100 %',
  isFailure: true,
};

it('findings are lines as compilers write them', () => {
  expect(asText([finding])[0]).toContain('src/a b,c.ts:3:7: dall-e-2 was retired');
});

it('findings are annotations of GitHub whose text cannot begin a command of its own', () => {
  expect(asGithub([finding, { ...finding, isFailure: false }])).toEqual([
    '::error file=src/a b%2Cc.ts,line=3,col=7,title=firsthand%3A retired::dall-e-2 was retired on 2026-05-12.%0A100 %25',
    expect.stringMatching(/^::warning /),
  ]);
});

it('findings are results of SARIF, each with a rule that is there and a place in a file', () => {
  const { version, runs } = asSarif([finding], '1.2.3');
  const [run] = runs;
  expect(version).toBe('2.1.0');
  expect(run?.tool.driver.rules?.map(({ id }) => id)).toContain('retired');
  expect(run?.results?.[0]).toMatchObject({
    ruleId: 'retired',
    level: 'error',
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'src/a%20b%2Cc.ts' },
          region: { startLine: 3, startColumn: 7, endColumn: 15 },
        },
      },
    ],
  });
});
