import { expect, it } from 'vitest';
import { outageOf, withTurn } from '../../../../src/core/stories/source-story.ts';
import { idOf } from '../../../../src/domain/ids.ts';
import type { Story } from '../../../../src/domain/story.ts';
import { DAY, HOUR, type Instant, plus } from '../../../../src/domain/time.ts';
import { makeMessage } from '../../../support/messages.ts';

const AT: Instant = '2026-04-21T19:00:00.000Z';

/** Keeps stories as the pipeline does, and says what is told of a turn. */
function book() {
  const stories = new Map<string, Story>();
  return (url: string, reason: string, at: Instant, isRecovery = false) => {
    const word = isRecovery ? 'can be read again' : 'cannot be read';
    const alone = makeMessage({
      ...{ kind: 'health', at, alert: idOf('al', url, at), subject: url, name: 'reports' },
      ...{ title: `reports ${word} (${url})`, because: ['It cannot be read.'], moves: [] },
    });
    const turn = { message: alone, url, reason, isRecovery };
    const { story, message } = withTurn(outageOf([...stories.values()], turn), turn);
    stories.set(story.id, story);
    return message;
  };
}

const page = (host: string) => `https://${host}.example/page`;
const lost = (host: string) => `The name ${host}.example could not be resolved (ENOTFOUND).`;

it('sources that fail for one reason are told once, and again when all of them are well', () => {
  const turn = book();
  const hosts = Array.from({ length: 40 }, (_, n) => `host-${n}`);
  const told = hosts.map((host, n) => turn(page(host), lost(host), plus(AT, n * 1_000)));
  expect(told.filter((message) => message !== null)).toHaveLength(1);
  expect(told[0]?.story).toMatchObject({ kind: 'source', part: 'opening' });
  const later = plus(AT, 3 * HOUR);
  const well = hosts.map((host) => turn(page(host), 'It is well again.', later, true));
  expect(well.slice(0, -1).every((message) => message === null)).toBe(true);
  expect(well.at(-1)?.title).toBe('reports and 39 more can be read again');
  expect(well.at(-1)?.story?.id).toBe(told[0]?.story?.id);
});

it('sources that fail for one reason are two outages where neither the host nor the fault is one', () => {
  const turn = book();
  expect(turn(page('a'), lost('a'), AT)).not.toBeNull();
  expect(turn(page('b'), 'b.example answered 403.', AT)).not.toBeNull();
  expect(turn('https://b.example/other', 'It timed out.', AT)).toBeNull();
});

it('sources that fail for one reason are two outages when days lie between them', () => {
  const turn = book();
  turn(page('a'), lost('a'), AT);
  expect(turn(page('b'), lost('b'), plus(AT, 2 * DAY))).not.toBeNull();
});
