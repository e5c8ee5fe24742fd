import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OpenPipeline } from '../../src/app/build-pipeline.ts';
import { manualClock } from '../../src/domain/clock.ts';
import { remindOfRetirements } from '../../src/pipeline/reminders.ts';
import { openTestLine, play } from '../support/open-line.ts';

const PAGE = 'https://developers.openai.com/api/docs/deprecations.md';
const LEADS = [30, 7, 1];

let open: OpenPipeline;
beforeEach(async () => {
  open = await openTestLine();
});
afterEach(() => open.close());

const page = (rows: readonly string[]) => `# Deprecations

## Deprecation history

### 2026-02-01: Image models

On February 1st, 2026, we notified developers of their removal from the API.

| Shutdown date | Model / system | Recommended replacement |
| ------------- | -------------- | ----------------------- |
${rows.join('\n')}
`;

const row = (id: string) => `| 2026-05-12    | \`${id}\` | \`gpt-image-1\` |`;

async function remindedAt(at: string): Promise<readonly string[]> {
  const context = { ...open.context, clock: manualClock(at) };
  const alerts = await remindOfRetirements(context, LEADS);
  return alerts.map(({ message }) => message.title);
}

it('reminds of all models that end on one day in one message, once for each number of days', async () => {
  await play(open, [
    {
      at: '2026-01-20T09:00:00.000Z',
      url: PAGE,
      type: 'text/markdown',
      body: page([row('gpt-4')]),
    },
    {
      ...{ at: '2026-02-01T09:00:00.000Z', url: PAGE, type: 'text/markdown' },
      body: page([row('gpt-4'), row('dall-e-2'), row('dall-e-3')]),
    },
  ]);
  expect(await remindedAt('2026-04-01T09:00:00.000Z')).toEqual([]);
  const both = 'DALL-E 2 and DALL-E 3 will be shut down in';
  expect(await remindedAt('2026-04-12T09:00:00.000Z')).toEqual([`${both} 30 days, on 12 May 2026`]);
  expect(await remindedAt('2026-04-12T10:00:00.000Z')).toEqual([]);
  expect(await remindedAt('2026-05-05T09:00:00.000Z')).toEqual([`${both} 7 days, on 12 May 2026`]);
  expect(await remindedAt('2026-05-11T09:00:00.000Z')).toEqual([`${both} 1 day, on 12 May 2026`]);
  expect(await remindedAt('2026-05-12T09:00:00.000Z')).toEqual([]);
  const { rows } = await open.store.stories.list({
    kind: 'retirement',
    subject: 'dall-e-3',
    limit: 9,
  });
  expect(rows.map(({ title }) => title)).toEqual([`${both} 1 day, on 12 May 2026`]);
});
