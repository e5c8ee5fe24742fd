import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/domain/clock.ts';
import type { ReprocessedTarget } from '../../src/operations/reprocess.ts';
import type { Retracted } from '../../src/operations/retract.ts';
import type { EvidenceView } from '../../src/read/evidence-view.ts';
import type { ExplanationView, StatusView, TimelineView } from '../../src/read/views.ts';
import { asked, typed } from '../support/command-line.ts';
import { openPassStage } from '../support/vendor-stage.ts';

async function released() {
  const stage = await openPassStage();
  const ask = <T>(...args: string[]) => asked<T>([...args, '--config', stage.config]);
  await ask('check');
  stage.release('gpt-7.1');
  await ask('check');
  const { evidence } = await ask<EvidenceView>('evidence', 'gpt-7.1');
  return { stage, ask, ids: evidence.map(({ id }) => id) };
}

it('evidence retract withdraws what rested on it alone, tells so, and leaves earlier answers', async () => {
  const { stage, ask, ids } = await released();
  // What adds to a story waits for its companions, an hour unless the config says otherwise.
  stage.configure({ alerts: { gather: '1s' } });
  const before = systemClock.now();
  const done: Retracted[] = [];
  for (const id of ids) {
    done.push(await ask('evidence', 'retract', id, '--because', 'a test page', '--by', 'Ada'));
  }
  const moves = done.flatMap((one) => one.moves).filter(({ claim }) => !claim.includes('@'));
  const moved = moves.map(({ claim, to }) => `${claim} ${to}`);
  expect(moved.sort()).toEqual([
    'announced withdrawn',
    'api_listed withdrawn',
    'released withdrawn',
  ]);
  expect((await ask<StatusView>('status', 'gpt-7.1')).level).toBe('withdrawn');
  const then = await ask<StatusView>('status', 'gpt-7.1', '--as-of', before);
  expect(then.level).toBe('confirmed');

  await pause(1_100);
  await ask('check');
  expect(stage.mail.mails.map(({ raw }) => /^Subject: (.*)$/m.exec(raw)?.[1])).toEqual([
    'GPT-7.1 is in the API (confirmed)',
    'GPT-7.1 is no longer in the API (withdrawn)',
  ]);
});

it('evidence retract shows who did it and why wherever the piece would have counted, until it is put back', async () => {
  const { ask, ids } = await released();
  const [id = ''] = ids;
  await ask('evidence', 'retract', id, '--because', 'a test page', '--by', 'Ada');
  const { evidence } = await ask<EvidenceView>('evidence', 'gpt-7.1');
  expect(evidence.find((piece) => piece.id === id)).toMatchObject({
    standing: 'retracted',
    retraction: { by: 'Ada', because: 'a test page' },
  });
  const { claims } = await ask<ExplanationView>('explain', 'gpt-7.1');
  const lines = claims.flatMap(({ retracted }) => retracted);
  expect(lines).toEqual([expect.stringMatching(/by Ada, .*: a test page$/)]);

  await ask('evidence', 'restore', id);
  const { retractions } = await ask<TimelineView>('timeline', 'gpt-7.1');
  expect(retractions.map(({ kind, evidence: piece }) => [kind, piece])).toEqual([
    ['retract', id],
    ['restore', id],
  ]);
  expect((await ask<StatusView>('status', 'gpt-7.1')).level).toBe('confirmed');
  const again = await ask<EvidenceView>('evidence', 'gpt-7.1');
  expect(again.evidence.find((piece) => piece.id === id)).toMatchObject({
    standing: 'speaks',
    retraction: null,
  });
});

it('evidence retract wants a reason, an id that is there, and a piece that is not out already', async () => {
  const { stage, ask, ids } = await released();
  const [id = ''] = ids;
  const codeOf = async (...args: string[]) =>
    (await typed(['evidence', ...args, '--config', stage.config])).code;
  expect(await codeOf('retract', id)).toBe(2);
  expect(await codeOf('retract', 'ev_00000000000000000000', '--because', 'x')).toBe(3);
  expect(await codeOf('restore', id)).toBe(2);
  await ask('evidence', 'retract', id, '--because', 'x');
  expect(await codeOf('retract', id, '--because', 'x')).toBe(2);
});

it('reread reads the stored answers again, asks nobody and tells nobody', async () => {
  const { stage, ask } = await released();
  const asks = stage.site.requests.length;
  const told = stage.mail.mails.length;
  const { targets } = await ask<{ targets: ReprocessedTarget[] }>('reread', 'openai-changelog');
  expect(targets).toMatchObject([
    { snapshots: 2, changes: 0, added: 0, superseded: 0, transitions: 0, left: null },
  ]);
  expect(stage.site.requests).toHaveLength(asks);
  await ask('check');
  expect(stage.mail.mails).toHaveLength(told);
  const unknown = await typed(['reread', 'changelog', '--config', stage.config]);
  expect(unknown.code).toBe(3);
  expect(unknown.stderr).toContain('openai-changelog');
});
