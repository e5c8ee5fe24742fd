import type { Move } from '../../domain/alert.ts';
import { bareFacet } from '../../domain/claim.ts';
import type { Story, StoryEvent } from '../../domain/story.ts';
import type { StoryPart } from '../../domain/story-kind.ts';
import { cutBetweenWords, plain, truncate } from '../render/plain.ts';
import { counted } from '../render/words.ts';
import { isSnapshot } from './family.ts';
import { byWeight, dayWords, listWords, predicateOf, saidToBe } from './sentences.ts';

/**
 * A mail reader on a phone shows about this much of a subject line.
 * @internal
 */
export const LONGEST_TITLE = 69;

/** What a telling of a story says in one line, and in the sentence below it. */
export interface Headline {
  title: string;
  lead: string;
}

/** Headline of one telling: `told` are the events it tells, the weightiest kind first. */
export function headlineOf(story: Story, part: StoryPart, told: readonly StoryEvent[]): Headline {
  if (told.every(({ move }) => move === null) && story.kind !== 'launch') {
    return documentationHeadline(told);
  }
  if (part === 'follow-up') return followUpHeadline(story, told);
  switch (story.kind) {
    case 'launch':
    case 'availability':
      return releaseHeadline(told);
    case 'retirement':
      return retirementHeadline(told);
    case 'withdrawal':
      return withdrawalHeadline(told);
    case 'price':
      return priceHeadline(told);
    case 'documentation':
      return documentationHeadline(told);
    case 'rumor':
      return rumorHeadline(told);
    case 'source':
      return { title: fitted([story.title]), lead: '' };
  }
}

function releaseHeadline(told: readonly StoryEvent[]): Headline {
  const moves = told.flatMap(({ move }) => (move?.to === 'confirmed' ? [move] : []));
  const [best] = byWeight(moves);
  if (best === undefined) return otherHeadline(told);
  const with_ = told.filter(({ move }) => move !== null && same(move, best));
  const names = namesOf(with_);
  const says = (facet: string) => predicateOf(facet, names.length > 1);
  const title = titled(names, `${says(best.facet)} (confirmed)`);
  const others = byWeight(moves)
    .filter((move) => !same(move, best) && bareFacet(move.facet) !== 'released')
    .map(({ facet }) => says(facet).replace(/^(is|are|has|have) /, ''));
  const more = [...new Set(others)];
  const also = more.length === 0 ? '' : ` Confirmed with it: ${listWords(more, 5)}.`;
  return {
    title,
    lead: `${listWords(names, 6)} ${says(best.facet)}: the vendor says so itself.${also}`,
  };
}

function same(a: Move, b: Move): boolean {
  return a.facet === b.facet && a.to === b.to;
}

/** A post by the title it carries, a fall by what is no longer so. */
function otherHeadline(told: readonly StoryEvent[]): Headline {
  if (told.some(({ move }) => move?.to === 'withdrawn' || move?.to === 'contradicted')) {
    return withdrawalHeadline(told);
  }
  const [first] = told.flatMap(({ change }) => change ?? []);
  const names = namesOf(told);
  if (first === undefined) return { title: fitted([listWords(names, 3)]), lead: '' };
  return {
    title: titled(names, `is introduced by its vendor`),
    lead: `A new post at the vendor's own newsroom: “${plain(first.title)}”.`,
  };
}

function retirementHeadline(told: readonly StoryEvent[]): Headline {
  const ends = told.filter(({ move }) => bareFacet(move?.facet ?? '') === 'retired');
  if (ends.length === 0) return deprecationHeadline(told);
  const over = ends.filter(({ move }) => move?.status === 'in_effect');
  const due = ends.filter(({ move }) => move?.status === 'due');
  const shown = [over, due].find((some) => some.length > 0) ?? ends;
  // The first to go stands first, so that the day in the title is its own.
  const byDate = [...shown].sort((a, b) => ((a.day ?? '9') < (b.day ?? '9') ? -1 : 1));
  const names = namesOf(byDate);
  const days = [...new Set(byDate.flatMap(({ day }) => day ?? []))];
  const [first] = days;
  const on = first === undefined ? '' : ` ${days.length > 1 ? 'from' : 'on'} ${dayWords(first)}`;
  const { verb, mark } = endWords(shown, over, due, names.length > 1);
  const byDay = days.map((day) => {
    const then = namesOf(shown.filter((one) => one.day === day));
    return `${dayWords(day)}: ${listWords(then, 20)}.`;
  });
  return {
    title: titled(names, `${verb}${on} (${mark})`),
    lead: `${listWords(names, 12)} ${verb}${on}.${days.length > 1 ? ` ${byDay.join(' ')}` : ''}`,
  };
}

function endWords(
  shown: readonly StoryEvent[],
  over: readonly StoryEvent[],
  due: readonly StoryEvent[],
  isMany: boolean,
): { verb: string; mark: string } {
  const was = isMany ? 'were' : 'was';
  if (shown === over) return { verb: `${was} shut down`, mark: 'confirmed' };
  if (shown === due) return { verb: `${was} to be shut down`, mark: 'due' };
  return { verb: 'will be shut down', mark: 'scheduled' };
}

function deprecationHeadline(told: readonly StoryEvent[]): Headline {
  const names = namesOf(told);
  const is = names.length > 1 ? 'are' : 'is';
  return {
    title: titled(names, `${is} deprecated (confirmed)`),
    lead: `${listWords(names, 12)} ${is} deprecated; no day is set for the shutdown yet.`,
  };
}

function withdrawalHeadline(told: readonly StoryEvent[]): Headline {
  const fallen = told.filter(({ move }) => move?.to === 'withdrawn' || move?.to === 'contradicted');
  const [best] = byWeight(fallen.flatMap(({ move }) => move ?? []));
  const names = namesOf(fallen);
  const isMany = names.length > 1;
  const says = predicateOf(best?.facet ?? 'released', isMany).replace(
    /^(is|are|has|have)\b/,
    '$1 no longer',
  );
  const is = isMany ? 'are' : 'is';
  const what = says.includes('no longer') ? says : `${is} no longer shown`;
  return {
    title: titled(names, `${what} (${best?.to ?? 'withdrawn'})`),
    lead: `${listWords(names, 6)} ${what}: the vendor's own pages showed it and show it no more.`,
  };
}

function priceHeadline(told: readonly StoryEvent[]): Headline {
  const names = namesOf(told);
  const has = names.length > 1 ? 'have new prices' : 'has a new price';
  return {
    title: titled(names, `${has} (confirmed)`),
    lead: `${listWords(names, 8)} ${has}: the same page gave another one before.`,
  };
}

function documentationHeadline(told: readonly StoryEvent[]): Headline {
  const changes = told.flatMap(({ change }) => change ?? []);
  const names = namesOf(told);
  const [first] = changes;
  const isEntry = first?.kind === 'added';
  const title = isEntry
    ? fitted([`${listWords(names, 1)}: ${plain(first.title)}`])
    : titled(names, `${names.length > 1 ? 'have' : 'has'} changed documentation`);
  const pages = counted(new Set(changes.map(({ url }) => url)).size, 'page');
  return { title, lead: `${pages} of the vendor changed on ${listWords(names, 6)}.` };
}

function rumorHeadline(told: readonly StoryEvent[]): Headline {
  const moves = told.flatMap(({ move }) => move ?? []);
  const level = moves.some(({ to }) => to === 'secondary') ? 'secondary' : 'rumor';
  const [best] = byWeight(moves.filter(({ to }) => to === level));
  const names = namesOf(told);
  const facet = best?.facet ?? 'exists';
  const isMany = names.length > 1;
  const isEnd = bareFacet(facet) === 'retired';
  const said = isEnd ? 'to be retired' : saidToBe(facet);
  const voices =
    level === 'secondary'
      ? 'Several independent voices say so, and the vendor has not.'
      : 'Somebody says so, and the vendor has not.';
  return {
    title: titled(names, `${isMany ? 'are' : 'is'} said ${said} (${level})`),
    lead: `${listWords(names, 6)} ${isMany ? 'are' : 'is'} said ${said}. ${voices}`,
  };
}

/** What was seen since a story was told last. */
function followUpHeadline(story: Story, told: readonly StoryEvent[]): Headline {
  if (told.every(({ move }) => move === null)) return documentationHeadline(told);
  const names = namesOf(story.events.filter(({ weight }) => weight !== 'notes'));
  const moves = byWeight(told.flatMap(({ move }) => move ?? []));
  const what = [...new Set(moves.map(({ facet }) => seenAs(facet)))];
  const seen = what.length === 0 ? 'on more pages' : listWords(what, 3);
  return {
    title: fitted([
      `${listWords(names, 2)}, also seen since: ${seen}`,
      `${listWords(names, 1)}, also seen since: ${seen}`,
    ]),
    lead: `Seen since the last message on ${listWords(names, 4)}: ${listWords(what, 6) || 'more pages'}.`,
  };
}

function seenAs(facet: string): string {
  const words: Readonly<Record<string, string>> = {
    api_listed: 'the API',
    documented: 'the documentation',
    sdk_typed: 'the SDK',
    priced: 'prices',
    announced: 'an announcement',
    released: 'its release',
    deprecated: 'a deprecation',
  };
  return words[bareFacet(facet)] ?? bareFacet(facet).replaceAll('_', ' ');
}

/** The names of what happened, models only where there are models, each once. */
function namesOf(events: readonly StoryEvent[]): readonly string[] {
  const isTwin = ({ subject }: StoryEvent) => isSnapshot({ id: subject, kind: 'model' });
  const isEnd = events.some(({ move }) => bareFacet(move?.facet ?? '') === 'retired');
  const models = isEnd ? events : events.filter((event) => !isTwin(event));
  const shown = models.length > 0 ? models : events;
  return [...new Set(shown.map(({ name }) => plain(name)))];
}

/** Names and what is said of them, with as many names as a title holds. */
function titled(names: readonly string[], says: string): string {
  const more = names.length > 1 ? ` and ${names.length - 1} more` : '';
  const short = `${truncate(names[0] ?? '', 28)}${more}`;
  return fitted([
    `${listWords(names, 4)} ${says}`,
    `${listWords(names, 3)} ${says}`,
    `${listWords(names, 2)} ${says}`,
    `${short} ${says}`,
    // The level stands in the message too; the day does not leave the title.
    `${short} ${says.replace(/ \((?:confirmed|scheduled|due)\)$/, '')}`,
  ]);
}

/** The first of several wordings that fits; else the last, cut between words. */
function fitted(wordings: readonly string[]): string {
  const fit = wordings.find((one) => one.length <= LONGEST_TITLE);
  return fit ?? cutBetweenWords(wordings.at(-1) ?? '', LONGEST_TITLE);
}
