import type { Move } from '../../domain/alert.ts';
import { bareFacet } from '../../domain/claim.ts';
import type { Story, StoryEvent } from '../../domain/story.ts';
import type { StoryPart } from '../../domain/story-kind.ts';
import { cutBetweenWords, plain } from '../render/plain.ts';
import { counted } from '../render/words.ts';
import { familyOf, isSnapshot } from './family.ts';
import { retirementHeadline } from './retirement-headline.ts';
import {
  byWeight,
  dayWords,
  isOrAre,
  listWords,
  predicateOf,
  priceWords,
  saidToBe,
} from './sentences.ts';
import { talkIn } from './talk.ts';
import {
  fitted,
  type Headline,
  LONGEST_TITLE,
  namesOf,
  type Speaking,
  shortest,
  titled,
} from './title-words.ts';

/** Headline of one telling: `told` are the events it tells. */
export function headlineOf(
  story: Story,
  part: StoryPart,
  told: readonly StoryEvent[],
  speaking: Speaking,
): Headline {
  if (told.every(({ move }) => move === null) && story.kind !== 'launch') {
    return documentationHeadline(told, speaking);
  }
  const isEnd = told.some(({ move }) => bareFacet(move?.facet ?? '') === 'retired');
  if (part === 'follow-up' && !isEnd) return followUpHeadline(story, told, speaking);
  switch (story.kind) {
    case 'launch':
    case 'availability':
      return releaseHeadline(story, part, told, speaking);
    case 'retirement':
      return retirementHeadline(told, speaking);
    case 'withdrawal':
      return withdrawalHeadline(told, speaking);
    case 'price':
      return priceHeadline(told, speaking);
    case 'documentation':
      return documentationHeadline(told, speaking);
    case 'rumor':
      return rumorHeadline(told, speaking);
    case 'source':
      return { title: fitted([story.title]), lead: '' };
  }
}

function releaseHeadline(
  story: Story,
  part: StoryPart,
  told: readonly StoryEvent[],
  speaking: Speaking,
): Headline {
  const confirmed = told.filter(({ move }) => move?.to === 'confirmed');
  const moves = confirmed.flatMap(({ move }) => move ?? []);
  // What comes with it is said below; the title is what weighs.
  const weighty = confirmed.filter(({ weight }) => weight === 'opens' || weight === 'grows');
  const [best = byWeight(moves)[0]] = byWeight(sharedMoves(weighty));
  if (best === undefined) return otherHeadline(told, speaking);
  if (best.facet.startsWith('priced@')) return priceHeadline(told, speaking);
  const names = namesOf(
    told.filter(({ move }) => move !== null && same(move, best)),
    speaking,
  );
  const says = (facet: string) => predicateOf(facet, names.length > 1);
  const others = byWeight(moves)
    .filter(({ facet }) => facet !== bareFacet(best.facet) && bareFacet(facet) !== 'released')
    .filter((move) => !same(move, best))
    .map(({ facet }) => says(facet).replace(/^(is|are|has|have) /, ''));
  const more = [...new Set(others)];
  const first = part === 'growth' ? 'New with it' : 'Confirmed with it';
  const also = more.length === 0 ? '' : ` ${first}: ${listWords(more, 5)}.`;
  return {
    title: titled(names, `${says(best.facet)}${figuresFor(best, told, story)} (confirmed)`),
    lead: `${namedBefore(names)}${speaking.vendor} says so itself.${also}`,
  };
}

/** What a title says of models of several families must be so of each; of one family it is what weighs most. */
function sharedMoves(weighty: readonly StoryEvent[]): readonly Move[] {
  const moves = weighty.flatMap(({ move }) => move ?? []);
  const families = new Set(weighty.map(({ subject }) => familyOf(subject)));
  const reach = ({ facet }: Move) =>
    new Set(
      weighty.filter(({ move }) => move?.facet === facet).map(({ subject }) => familyOf(subject)),
    ).size;
  const shared = moves.filter(
    (move) => IN_A_TITLE.has(move.facet) && reach(move) === families.size,
  );
  return families.size > 1 && shared.length > 0 ? shared : moves;
}

const IN_A_TITLE: ReadonlySet<string> = new Set(['api_listed', 'released', 'announced', 'retired']);

/** `: input $5.00, output $30.00` behind the price of a single model. */
function figuresFor(best: Move, told: readonly StoryEvent[], { events }: Story): string {
  if (best.facet !== 'priced') return '';
  const priced = told.filter(({ move }) => move !== null && same(move, best));
  const [only, ...more] = new Set(priced.map(({ subject }) => subject));
  if (only === undefined || more.length > 0) return '';
  const valued = events.findLast(
    ({ subject, move }) => subject === only && move?.facet.startsWith('priced@') === true,
  );
  return valued === undefined ? '' : `: ${shortPrice(priceIn(valued))}`;
}

function priceIn({ move }: StoryEvent): string {
  return priceWords(/@([^:]*)/.exec(move?.facet ?? '')?.[1] ?? '');
}

/** The figures that people compare: what goes in and what comes out. */
function shortPrice(words: string): string {
  return words
    .replace(/ per .*/, '')
    .split(', ')
    .slice(0, 2)
    .join(', ');
}

/** All names again where the title had no room for them. */
function namedBefore(names: readonly string[]): string {
  return names.length > 2 ? `${listWords(names, 20)}: ` : '';
}

function same(a: Move, b: Move): boolean {
  return a.facet === b.facet && a.to === b.to;
}

/** A post by the title it carries, a fall by what is no longer so. */
function otherHeadline(told: readonly StoryEvent[], speaking: Speaking): Headline {
  if (told.some(({ move }) => move?.to === 'withdrawn' || move?.to === 'contradicted')) {
    return withdrawalHeadline(told, speaking);
  }
  const [first] = told.flatMap(({ change }) => change ?? []);
  const own = `${speaking.vendor} `;
  const names = namesOf(told, speaking).map((name) =>
    name.startsWith(own) ? name.slice(own.length) : name,
  );
  if (first === undefined) return { title: fitted([listWords(names, 3)]), lead: '' };
  return {
    title: fitted([
      `${speaking.vendor} introduces ${listWords(names, 3)}`,
      `${speaking.vendor} introduces ${shortest(names)}`,
    ]),
    lead: `A new post in the newsroom of ${speaking.vendor}: “${plain(first.title)}”.`,
  };
}

function withdrawalHeadline(told: readonly StoryEvent[], speaking: Speaking): Headline {
  const fallen = told.filter(({ move }) => move?.to === 'withdrawn' || move?.to === 'contradicted');
  const [best] = byWeight(fallen.flatMap(({ move }) => move ?? []));
  const names = namesOf(fallen, speaking);
  const isDenied = best?.to === 'contradicted';
  const says = predicateOf(best?.facet ?? 'released', names.length > 1).replace(
    /^(is|are|has|have)\b/,
    isDenied ? '$1 not' : '$1 no longer',
  );
  const what = / no(?:t| longer) /.test(says) ? says : `${isOrAre(names)} no longer shown`;
  return {
    title: titled(names, isDenied ? `${what} (contradicted)` : `${what} (withdrawn)`),
    lead: isDenied
      ? `${namedBefore(names)}${speaking.vendor} says so itself; what was said before does not hold.`
      : `${namedBefore(names)}Pages of ${speaking.vendor} showed it and show it no more.`,
  };
}

function priceHeadline(told: readonly StoryEvent[], speaking: Speaking): Headline {
  const priced = told.filter(({ move }) => bareFacet(move?.facet ?? '') === 'priced');
  const names = namesOf(priced, speaking);
  const values = priced.map((event) => {
    const now = priceIn(event);
    const former = speaking.priceBefore(event);
    const was = former === null ? '' : priceWords(former);
    return { event, now, moved: movedIn(now, was), before: was === '' ? '' : ` (before: ${was})` };
  });
  const [only] = values;
  const has = names.length > 1 ? 'have new prices' : 'has a new price';
  const figures = values.length === 1 && only !== undefined ? `: ${shortPrice(only.moved)}` : '';
  return {
    title: fitted([
      `${listWords(names, 2)} ${has}${figures} (confirmed)`,
      `${listWords(names, 2)} ${has}${figures}`,
      titled(names, `${has} (confirmed)`),
    ]),
    lead: values.map(({ event, now, before }) => `${event.name}: ${now}${before}.`).join(' '),
  };
}

/** Those figures of a price that were others before. */
function movedIn(now: string, before: string): string {
  const [unit = ''] = / per .*$/.exec(now) ?? [];
  const [terms, former] = [now, before].map((words) => words.replace(/ per .*/, '').split(', '));
  const moved = terms?.filter((term) => former?.includes(term) !== true) ?? [];
  return moved.length === 0 ? now : `${moved.join(', ')}${unit}`;
}

function documentationHeadline(told: readonly StoryEvent[], speaking: Speaking): Headline {
  const changes = told.flatMap(({ change }) => change ?? []);
  const names = namesOf(told, speaking);
  const [first] = changes;
  const pages = new Set(changes.map(({ url }) => url)).size;
  const { vendor } = speaking;
  if (first?.kind === 'added') {
    const entry = plain(first.title);
    const isNamed = entry.toLowerCase().includes((names[0] ?? '').toLowerCase());
    const more = changes.length > 1 ? ` (and ${changes.length - 1} more)` : '';
    const title = isNamed ? entry : `${names[0]}: ${entry}`;
    return {
      title: `${cutBetweenWords(title, LONGEST_TITLE - more.length)}${more}`,
      lead: `${vendor} wrote ${counted(changes.length, 'entry', 'entries')} on ${listWords(names, 20)}.`,
    };
  }
  const its = pages > 1 ? 'pages' : 'page';
  return {
    title: fitted([
      `${vendor} changed its ${its} on ${listWords(names, 3)}`,
      `${vendor} changed its ${its} on ${shortest(names)}`,
    ]),
    lead: names.length > 3 ? `They are about ${listWords(names, 20)}.` : '',
  };
}

function rumorHeadline(told: readonly StoryEvent[], speaking: Speaking): Headline {
  const { level, facet, events } = talkIn(told);
  const names = namesOf(events, speaking);
  const [day] = events.flatMap((event) => event.day ?? []);
  const on = day === undefined ? '' : ` on ${dayWords(day)}`;
  const said = bareFacet(facet) === 'retired' ? `to be shut down${on}` : saidToBe(facet);
  return {
    title: titled(names, `${isOrAre(names)} said ${said} (${level})`),
    lead: `${namedBefore(names)}${saidByWhom(level, events, speaking)}`,
  };
}

/** What is secondary may rest on two voices, on one outlet with editors, or on a page of the vendor about something else. */
function saidByWhom(
  level: string,
  events: readonly StoryEvent[],
  { vendor, isByVendor }: Speaking,
) {
  if (events.some(isByVendor)) return `${vendor} says so on a page that does not settle it alone.`;
  return level === 'secondary'
    ? `It is reported elsewhere, and not by ${vendor}.`
    : `Somebody says so; ${vendor} has not.`;
}

/** What was seen since a story was told last. */
function followUpHeadline(story: Story, told: readonly StoryEvent[], speaking: Speaking): Headline {
  const moved = told.filter(({ move }) => move !== null);
  if (moved.length === 0) return documentationHeadline(told, speaking);
  const names = namesOf(
    story.events.filter((event) => event.weight !== 'notes' && !isTwin(event)),
    speaking,
  );
  const own = moved.filter((event) => !isTwin(event));
  const places = byWeight(own.flatMap(({ move }) => move ?? [])).map(({ facet }) => seenAs(facet));
  const twins = moved.filter((event) => !own.includes(event)).map(({ name }) => plain(name));
  const what = [...new Set([...places, ...twins])];
  const seen = `also seen since: ${listWords(what, 3)}`;
  const title = fitted([
    `${listWords(names, 2)}, ${seen}`,
    `${shortest(names)}, ${seen}`,
    `${shortest(names)}, also seen since: ${shortest(what)}`,
  ]);
  const all = listWords(what, 12);
  return { title, lead: title.endsWith(all) ? '' : `Seen since the last message: ${all}.` };
}

function isTwin({ subject }: StoryEvent): boolean {
  return isSnapshot({ id: subject, kind: 'model' });
}

const SEEN: Readonly<Record<string, string>> = {
  api_listed: 'the API',
  documented: 'the documentation',
  sdk_typed: 'the SDK',
  priced: 'prices',
  announced: 'an announcement',
  released: 'its release',
  deprecated: 'a deprecation',
};

function seenAs(facet: string): string {
  return SEEN[bareFacet(facet)] ?? bareFacet(facet).replaceAll('_', ' ');
}
