import type { ItemChange } from '../../src/core/alerts/source-changes.ts';
import { changeEvents } from '../../src/core/stories/change-events.ts';
import { tellStory } from '../../src/core/stories/compose.ts';
import type { Assessed, SubjectUpdate } from '../../src/core/stories/family.ts';
import { gather } from '../../src/core/stories/gather.ts';
import { levelEvents } from '../../src/core/stories/level-events.ts';
import { DEFAULT_QUIET_RULES, type QuietRules } from '../../src/core/stories/quiet-rules.ts';
import type { Message } from '../../src/domain/alert.ts';
import type { Story } from '../../src/domain/story.ts';
import type { Instant } from '../../src/domain/time.ts';

/** Stories as the pipeline keeps them, in memory: what is told of what happens, check by check. */
export interface StoryBook {
  stories(): readonly Story[];
  /** What one check found; returns what is told at once. */
  check(
    at: Instant,
    updates: readonly SubjectUpdate[],
    changes?: readonly ItemChange[],
  ): readonly Message[];
  /** Tells what has waited until a moment. */
  pass(at: Instant): readonly Message[];
}

export function storyBook(rules: QuietRules = DEFAULT_QUIET_RULES): StoryBook {
  const stories = new Map<string, Story>();
  const known = new Map<string, SubjectUpdate>();
  const tellDue = (at: Instant): readonly Message[] =>
    [...stories.values()].flatMap((story) => {
      if (story.dueAt === null || story.dueAt > at) return [];
      const assessed: Assessed[] = story.subjects.flatMap((id) => known.get(id) ?? []);
      const nameOf = (domain: string) => (domain === 'openai.com' ? 'OpenAI' : domain);
      const told = tellStory(story, {
        ...{ at, assessed, nameOf },
        vendorName: () => 'OpenAI',
        isFollowed: (id) => known.get(id)?.interest === 'followed',
      });
      stories.set(story.id, told.story);
      return told.message === null ? [] : [told.message];
    });
  return {
    stories: () => [...stories.values()],
    check(at, updates, changes = []) {
      for (const update of updates) known.set(update.subject.id, update);
      const levels = updates.flatMap((update) => levelEvents(update));
      const told = new Set(
        levels.filter(({ event }) => event.weight !== 'notes').map(({ event }) => event.subject),
      );
      const named = (id: string) => {
        const one = known.get(id);
        return one === undefined
          ? null
          : { id, name: one.subject.name, kind: one.subject.kind, interest: one.interest };
      };
      const candidates = [...levels, ...changeEvents(changes, { at, named, told, updates })];
      const before = [...stories.values()].flatMap(({ events }) =>
        events.filter(({ alert }) => alert !== null),
      );
      const gathering = { at, vendor: 'openai', rules, told: before };
      for (const story of gather(candidates, [...stories.values()], gathering)) {
        stories.set(story.id, story);
      }
      return tellDue(at);
    },
    pass: tellDue,
  };
}
