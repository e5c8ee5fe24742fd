import type { Statement } from '../../../domain/evidence.ts';
import type { Mention } from '../../names/mention.ts';
import type { Hit } from '../cues/lexicon.ts';
import type { Argument, Clause } from '../document/clause.ts';
import { isCodename } from '../document/document.ts';
import { limitedTest } from '../rules/limited-test.ts';
import { type Claimed, placesIn } from './claims.ts';
import { topicArguments } from './denial-facts.ts';
import { modelIdsIn } from './model-ids.ts';
import { nounEventsIn } from './noun-events.ts';
import { pricesIn } from './prices.ts';
import { argumentOf } from './resolve.ts';
import { type ReadSentence, rangeOf, statementsFor } from './statement.ts';

/** What a sentence says by its nouns and figures: prices, launches, ids, rollouts, sightings and previews. */
export function supportFacts(
  read: ReadSentence,
  framed: readonly Statement[],
): readonly Statement[] {
  const isTested = framed.some(({ claim }) => claim.facet === 'limited_test');
  return [
    ...priced(read),
    ...events(read),
    ...called(read),
    ...rollouts(read),
    ...papers(read),
    ...(isTested ? [] : [...sightings(read), ...previews(read)]),
  ];
}

function wholeClause({ sentence, memory }: ReadSentence): Clause {
  return { ...sentence, sentence, memory };
}

function stated(
  read: ReadSentence,
  hit: Hit,
  claimed: readonly Claimed[],
  subjects: readonly Argument[],
): readonly Statement[] {
  return statementsFor(read, wholeClause(read), hit, 'support', claimed, subjects);
}

/** The one model a sentence names; null for none, and for several. */
function onlyNamed({ parsed }: ReadSentence): { only: Mention | null; count: number } {
  const named = new Map(
    parsed.tokens.flatMap(({ mention }) =>
      mention === null ? [] : [[mention.subject, mention] as const],
    ),
  );
  const [first] = named.values();
  return { only: named.size === 1 ? (first ?? null) : null, count: named.size };
}

function priced(read: ReadSentence): readonly Statement[] {
  const { scene, parsed, sentence } = read;
  const isOfVendor = scene.hits.has(sentence, 'attribution.vendor');
  return pricesIn(parsed, isOfVendor).flatMap(({ at, to, mention }) => {
    const subjects = mention === null ? topicArguments(read) : [argumentOf(mention)];
    const hit = { family: 'price.noun', ...rangeOf(parsed, at, to) };
    return stated(read, hit, [{ facet: 'priced', qualifiers: {} }], subjects);
  });
}

/** Launches and ends that a noun tells of. */
function events(read: ReadSentence): readonly Statement[] {
  const { parsed } = read;
  return nounEventsIn(parsed).flatMap(({ facet, isDenied, at, to, mentions }) => {
    const subjects = mentions.length > 0 ? mentions.map(argumentOf) : topicArguments(read);
    const hit = { family: 'release.noun', ...rangeOf(parsed, at, to) };
    const polarity = isDenied ? 'deny' : 'support';
    const claimed = [{ facet, qualifiers: {} }];
    return statementsFor(read, wholeClause(read), hit, polarity, claimed, subjects);
  });
}

/** The ids a model is called by. */
function called(read: ReadSentence): readonly Statement[] {
  const { parsed } = read;
  if (parsed.clauses.some(({ opener }) => opener === 'if')) return [];
  return modelIdsIn(parsed).flatMap(({ at, to, mention }) => {
    const hit = { family: 'api.noun', ...rangeOf(parsed, at, to) };
    return stated(read, hit, [{ facet: 'api_listed', qualifiers: {} }], [argumentOf(mention)]);
  });
}

const ROLLOUT =
  /\b(?:rollouts?|roll-outs?)\b(?=(?: \w+)? (?:across|to|in|on|hit|began|started|via|through|inside)\b)/;
const UNREAL =
  /\b(?:no|not|never|if|planned|expected|upcoming|future|possible|wait|until|would|could|before|ahead)\b/;
/** How far the places of a rollout reach, in signs. */
const ROLLOUT_REACH = 90;

/** "A phased rollout across ChatGPT and the API": what is being rolled out is there, for some. */
function rollouts(read: ReadSentence): readonly Statement[] {
  const { scene, sentence } = read;
  const text = scene.folded.slice(sentence.start, sentence.end);
  const found = ROLLOUT.exec(text);
  if (found === null || UNREAL.test(text.slice(0, found.index))) return [];
  const start = sentence.start + found.index;
  const where = { start, end: Math.min(sentence.end, start + ROLLOUT_REACH) };
  const { only, count } = onlyNamed(read);
  if (count > 1 || !scene.hits.has(where, 'surface', 'api', 'recipient')) return [];
  const subjects = only === null ? topicArguments(read) : [argumentOf(only)];
  const hit = { family: 'release.ing', start, end: start + found[0].length };
  return stated(read, hit, placesIn(scene, where, 'product_available'), subjects);
}

/** What a model does at a venue before it has a name of its own. */
const TESTED =
  /^(?:blind|tests?|tested|testing|hidden|anonymous|anonymously|appear(?:s|ed)?|surfaced|spotted|seen|entries|entry|rounds|battles?|leak|leaked|slipped|turned)$/;

/** A codename and a venue in one sentence: whatever it does there, it was seen; a model where it is tested. */
function sightings(read: ReadSentence): readonly Statement[] {
  const { scene, parsed, sentence } = read;
  const [venue] = scene.hits.within(sentence, 'venue');
  const isOpen = parsed.tokens.some(({ text }) =>
    /^(?:not|no|never|if|whether|would|could)$/.test(text),
  );
  if (venue === undefined || isOpen) return [];
  const codename = parsed.tokens.find(
    ({ mention }) => mention !== null && isCodename(scene, mention),
  )?.mention;
  const hit = { family: 'sight.past', start: venue.start, end: venue.end };
  const claimed = [limitedTest(scene, wholeClause(read))];
  if (codename != null) return stated(read, hit, claimed, [argumentOf(codename)]);
  if (!parsed.tokens.some(({ text }) => TESTED.test(text))) return [];
  const { only, count } = onlyNamed(read);
  if (count > 1) return [];
  const subjects = only === null ? topicArguments(read) : [argumentOf(only)];
  return stated(read, hit, claimed, subjects);
}

const PAPERS = /\b(?:backed|covered|supported) by (?:\w+ ){0,2}?(?:documentation|docs)\b/;

/** "a named launch, backed by documentation": said of what the text is about, where the sentence names nothing else. */
function papers(read: ReadSentence): readonly Statement[] {
  const { scene, sentence } = read;
  const text = scene.folded.slice(sentence.start, sentence.end);
  const found = PAPERS.exec(text);
  if (found === null || UNREAL.test(text.slice(0, found.index))) return [];
  const { only, count } = onlyNamed(read);
  if (count > 1) return [];
  const subjects = only === null ? topicArguments(read) : [argumentOf(only)];
  const start = sentence.start + found.index;
  const hit = { family: 'document.past', start, end: start + found[0].length };
  return stated(read, hit, [{ facet: 'documented', qualifiers: {} }], subjects);
}

const PREVIEW = /\b(?:limited|research|private|closed|early)(?: \w+)? (?:preview|beta)\b/;
const UNTOLD =
  /^(?:not|no|never|if|will|would|could|may|might|should|until|say|when|planned|expected)$/;

/** "GPT Image 2 had a limited preview": a test told by its noun, of the one model the sentence names. */
function previews(read: ReadSentence): readonly Statement[] {
  const { scene, parsed, sentence } = read;
  const found = PREVIEW.exec(scene.folded.slice(sentence.start, sentence.end));
  const { only } = onlyNamed(read);
  if (found === null || only === null) return [];
  if (parsed.tokens.some(({ text }) => UNTOLD.test(text))) return [];
  const start = sentence.start + found.index;
  const hit = { family: 'test.noun', start, end: start + found[0].length };
  return stated(read, hit, [limitedTest(scene, wholeClause(read))], [argumentOf(only)]);
}
