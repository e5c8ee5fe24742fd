import type { Message } from '../../domain/alert.ts';
import { idOf } from '../../domain/ids.ts';
import type { Story, StoryEvent } from '../../domain/story.ts';
import { causeOf, hostOfAddress } from '../../domain/target.ts';
import { DAY, elapsed } from '../../domain/time.ts';

/** One source that became unwell, or is well again. */
export interface SourceTurn {
  /** As it would be told alone. */
  message: Message;
  url: string;
  reason: string;
  isRecovery: boolean;
}

/** How long the sources of one outage take to follow each other. */
const OUTAGE_LASTS = DAY;

/** The open story a turn belongs to: of the same outage, which has one host or one fault; of a recovery, the one that told of it. */
export function outageOf(stories: readonly Story[], turn: SourceTurn): Story | null {
  const { message, isRecovery } = turn;
  const isHome = (story: Story) =>
    isRecovery
      ? unwellIn(story).has(message.subject)
      : unwellIn(story).size > 0 &&
        elapsed(story.updatedAt, message.at) <= OUTAGE_LASTS &&
        story.events.some(({ change }) => change !== null && isOneOutage(change, turn));
  return stories.find(isHome) ?? null;
}

function isOneOutage(change: { title: string; url: string }, { url, reason }: SourceTurn): boolean {
  const hosts = [hostOfAddress(change.url), hostOfAddress(url)] as const;
  return hosts[0] === hosts[1] || causeOf(change.title, hosts[0]) === causeOf(reason, hosts[1]);
}

/** The host stands in the title where it is that of all that is well again. */
function recoveryTitle(title: string, url: string, home: Story | null): string {
  const hosts = home?.events.flatMap(({ change }) =>
    change === null ? [] : hostOfAddress(change.url),
  );
  const isShared = hosts?.every((host) => host === hostOfAddress(url)) !== false;
  return isShared ? title : title.replace(/ \([^()]*\)$/, '');
}

/** The sources of a story that have not recovered. */
function unwellIn({ events }: Story): ReadonlySet<string> {
  const unwell = new Set<string>();
  for (const { subject, weight } of events) {
    if (weight === 'grows') unwell.delete(subject);
    else unwell.add(subject);
  }
  return unwell;
}

/** A story with one more turn, and whether it is told: an outage when it begins, and when all of its sources are well again. */
export function withTurn(
  home: Story | null,
  turn: SourceTurn,
): { story: Story; message: Message | null } {
  const { message: alone, url, reason, isRecovery } = turn;
  const { subject, name, at, vendor, thread } = alone;
  const id = home?.id ?? idOf('st', 'source', subject, at);
  const isTold = home === null || (isRecovery && unwellIn(home).size === 1);
  const event: StoryEvent = {
    ...{ ref: alone.alert, subject, name, at, weight: isRecovery ? 'grows' : 'notes' },
    ...{ rule: isTold ? null : 'same-outage', move: null, day: null },
    alert: isTold ? alone.alert : null,
    change: {
      ...{ change: idOf('ch', subject, at), kind: 'revised', title: reason, url },
      ...{ watcher: name, parts: [] },
    },
  };
  const others = new Set(home?.subjects.filter((one) => one !== subject)).size;
  const all = others > 0 ? `${name} and ${others} more` : name;
  const title = isRecovery
    ? recoveryTitle(
        alone.title.replace(name, () => all),
        url,
        home,
      )
    : alone.title;
  const of: Story = home ?? {
    ...{ id, kind: 'source', vendor, family: '', title, subjects: [], thread },
    ...{ openedAt: at, updatedAt: at, dueAt: null, events: [] },
  };
  const subjects = [...new Set([...of.subjects, subject])];
  const story: Story = {
    ...of,
    ...(isTold ? { title } : {}),
    ...{ subjects, updatedAt: at, events: [...of.events, event] },
  };
  if (!isTold) return { story, message: null };
  const [lead = '', ...also] = alone.because;
  const message: Message = {
    ...alone,
    ...{ title, thread: story.thread, because: [] },
    story: {
      ...{ id, kind: 'source', part: home === null ? 'opening' : 'growth', lead },
      ...{ subjects: [{ id: subject, name }], facts: [], corrections: [] },
      also: [...also, `Address: ${url}`],
    },
  };
  return { story, message };
}
