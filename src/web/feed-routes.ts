import type { Context, Hono } from 'hono';
import { momentIn } from '../api/moment.ts';
import { NotFoundError } from '../domain/errors.ts';
import { STORY_KINDS, type StoryKind } from '../domain/story-kind.ts';
import { calendarOf, FEED_TYPES, type FeedType, feedOf, opmlOf } from '../feeds/feed.ts';
import type { Known } from '../read/known.ts';
import { subjectNamed } from '../read/known.ts';
import { retirementsOf } from '../read/retirements.ts';
import { type StoriesQuestion, toldStories } from '../read/told-story.ts';
import type { SiteOptions } from './site-options.ts';

const ENTRIES = 50;

/** The kinds of feeds beside the one of everything, by the part of the address that names them. */
const FEEDS: Readonly<Record<string, (known: Known, name: string) => Partial<StoriesQuestion>>> = {
  subjects: (known, name) => ({ subject: subjectNamed(known, name).id }),
  vendors: (_known, name) => ({ vendor: name }),
  kinds: (_known, name) => ({ kind: kindNamed(name) }),
  levels: (_known, name) => ({ level: name }),
};

function kindNamed(name: string): StoryKind {
  const kind = STORY_KINDS.find((one) => one === name);
  if (kind !== undefined) return kind;
  throw new NotFoundError(`There is no kind of story "${name}".`, STORY_KINDS);
}

/** Feeds of stories, all of them in OPML, and the calendar of retirements. */
export function feedRoutes(site: Hono, options: SiteOptions): void {
  const { live, clock } = options;
  const answer = async (context: Context, group: string | null, file: string) => {
    const [, name = '', type] = /^(.+)\.(atom|json|rss)$/.exec(file) ?? [];
    const find = group === null ? () => ({}) : FEEDS[group];
    if (type === undefined || find === undefined || (group === null && name !== 'all')) {
      throw new NotFoundError(`There is no feed ${file}.`);
    }
    const asOf = momentIn(context.req.query('as-of'), clock);
    const { stories } = await live.ask((known) =>
      toldStories(known, { ...find(known, name), limit: ENTRIES }, asOf),
    );
    const origin = originOf(context, options);
    const path = group === null ? 'all' : `${group}/${encodeURIComponent(name)}`;
    const title = group === null ? 'all stories' : name;
    context.header('content-type', FEED_TYPES[type as FeedType]);
    return context.body(
      feedOf(type as FeedType, {
        title,
        address: `${origin}/feeds/${path}`,
        site: origin,
        stories,
      }),
    );
  };
  site.get('/feeds/feeds.opml', async (context) => {
    const origin = originOf(context, options);
    const outlines = await live.ask(async (known) => outlinesOf(known, origin, clock.now()));
    context.header('content-type', 'text/x-opml; charset=utf-8');
    return context.body(opmlOf(outlines));
  });
  site.get('/feeds/:file', (context) => answer(context, null, context.req.param('file')));
  site.get('/feeds/:group/:file', (context) =>
    answer(context, context.req.param('group'), context.req.param('file')),
  );
  site.get('/calendar.ics', async (context) => {
    const asOf = momentIn(context.req.query('as-of'), clock);
    const view = await live.ask((known) => retirementsOf(known, asOf));
    context.header('content-type', 'text/calendar; charset=utf-8');
    return context.body(calendarOf(view, originOf(context, options)));
  });
}

/** The feeds there are something in: of everything, and of each subject, vendor, kind and level told of. */
async function outlinesOf(known: Known, origin: string, now: string) {
  const { stories } = await toldStories(known, { limit: 1_000 }, now);
  const named = (group: string, names: readonly string[]) =>
    [...new Set(names)].sort().map((name) => ({
      title: `${group}: ${name}`,
      address: `${origin}/feeds/${group}/${encodeURIComponent(name)}.atom`,
    }));
  return [
    { title: 'all stories', address: `${origin}/feeds/all.atom` },
    ...named(
      'vendors',
      stories.map(({ vendor }) => vendor),
    ),
    ...named(
      'kinds',
      stories.map(({ kind }) => kind),
    ),
    ...named(
      'levels',
      stories.flatMap(({ level }) => level ?? []),
    ),
    ...named(
      'subjects',
      stories.flatMap(({ subjects }) =>
        subjects.map(({ id }) => id).filter((id) => known.subject(id) !== null),
      ),
    ),
  ];
}

/** Where links in feeds lead: where others reach us, or where this visitor did. */
export function originOf(context: Context, { publicUrl }: SiteOptions): string {
  return publicUrl ?? new URL(context.req.url).origin;
}
