import type { Mention } from '../names/mention.ts';
import type { Piece } from './spans.ts';
import { mentionsIn, withoutNames } from './spans.ts';

/**
 * How vendors say that a model is out. The list is narrow on purpose: what it finds on a vendor's own page confirms,
 * so a verb that is also used of features, guides and customers needs the model itself as its object or subject.
 */
interface Verb {
  pattern: RegExp;
  /** It tells of something new; a move to general availability does not make a second announcement. */
  announces: boolean;
  /** What must follow in the sentence for the verb to speak of release at all. */
  needs: RegExp | null;
}

const VERBS: readonly Verb[] = [
  {
    pattern:
      /\b(introduc(e[sd]?|ing)|releas(e[sd]?|ing)|launch(e[sd]|ing)?|announc(e[sd]?|ing)|unveil(s|ed|ing)?|preview(s|ed|ing)|shipp?(s|ed|ing)|debut(s|ed|ing)?|meet|hello|roll(s|ed|ing) out)\b/gi,
    announces: true,
    needs: null,
  },
  { pattern: /\badd(s|ed|ing)\b/gi, announces: true, needs: null },
  {
    pattern: /\b(bring(s|ing)?|brought)\b/gi,
    announces: true,
    needs: /\bto (the |our )?(api|chatgpt|codex|everyone|developers)/i,
  },
  {
    pattern: /\b(mov(es?|ed|ing)|open(s|ed|ing)?|promot(es?|ed|ing))\b/gi,
    announces: false,
    needs: /general(ly)? availab|\bGA\b/i,
  },
  { pattern: /\b(make|makes|made|making)\b/gi, announces: false, needs: /availab/i },
];

/** Words that may stand between a verb and the name it takes. */
const BETWEEN = new Set(
  (
    "the our a an new newest next latest first all-new openai openai’s openai's its and or two three four five several smaller larger faster " +
    'cheaper updated improved model models family families of version versions snapshot snapshots member members generation dated most capable ' +
    'powerful advanced flagship image video reasoning audio speech coding open-weight weight mini in called named both today also alongside ' +
    'previews preview research general availability'
  ).split(' '),
);

/** Things a release verb is used of that are no model: "Added Batch support for …", "Released a guide to …". */
const FEATURE =
  /\b(support|features?|tools?|parameters?|options?|modes?|guides?|sdks?|endpoints?|capabilit\w+|caching|pricing|prices?|limits?|improvements?|updates?|fix(es)?|docs|documentation|connectors?|apps?|plugins?|extensions?|integrations?|cookbooks?|evals?|benchmarks?|datasets?|dashboards?|playground|webhooks?|deprecations?|retirements?|agents?|system cards?|fine-tuning|access)\b/i;
const MODEL_NOUN = /\b(models?|snapshots?|famil(y|ies)|versions?)\b|\uE000/i;

const AVAILABLE =
  /\b((is|are|was|were|now|today|generally|publicly|broadly) )*(available|out now|here|live|launch(es|ed|ing)|arriv(es?|ed|ing)|ships?|shipped|debuts?|debuted|lands?|landed|rolling out|rolls? out|now in|out today|comes? to|joins)\b/i;
/** A remark behind a name, in brackets or between commas. */
const REMARK = /^\s*(\([^()]{0,120}\)|,[^,.;]{1,80},)/;
/** What else may stand between a name and what is said of it, beside other names. */
const LINKS = new Set(['', 'and', 'or', 'family', 'series', 'model', 'models', 'both', 'also']);
/** Words that end a name's own phrase. */
const LINKING = new Set(
  'is are was in with to and or has for as on at through via now today'.split(' '),
);
/** A place or a tool, alone or in a list of them ("in ChatGPT and Codex"): what stands there is not what came out. */
const NO_SUBJECT =
  /\b(with|using|uses?|used|by|on|in|of|for|from|than|to|via|through|like|over|powered|runs?|against|behind|beyond)\s+(the |our |a |an )?([\w\uE000.-]+(,\s+((and|or)\s+)?|\s+(and|or)\s+)(the |our )?){0,4}["'“(]*$/i;

/** A model that a sentence says is out, and whether the sentence makes the news of it. */
export interface Released {
  mention: Mention;
  announces: boolean;
}

/** The models a sentence says are out: those a release verb takes, those it says are available, those it gives as the id. */
export function releasedIn(sentence: Piece, all: readonly Mention[]): readonly Released[] {
  const mentions = mentionsIn(sentence, all);
  const blanked = withoutNames(sentence.text, shifted(mentions, sentence.start));
  return mentions.flatMap((mention): Released[] => {
    const start = mention.span[0] - sentence.start;
    const end = mention.span[1] - sentence.start;
    if (isFamilyOf(blanked, start, end) || isOwner(blanked, end)) return [];
    const verb = verbTaking(blanked, start) ?? verbListing(blanked, start);
    if (verb !== null) return [{ mention, announces: verb.announces }];
    const isOut = isSubjectOf(blanked, start, end) || isGivenId(blanked, start);
    return isOut ? [{ mention, announces: true }] : [];
  });
}

/**
 * Whether a sentence releases models it need not name ("Released two new image models"), as a changelog's tags do;
 * null when its release verb is about something else, or there is none.
 */
export function releasesModels(sentence: Piece, all: readonly Mention[]): Verb | null {
  return modelsTaken(
    withoutNames(sentence.text, shifted(mentionsIn(sentence, all), sentence.start)),
  );
}

/** The release verb whose object is models, before it is anything else. */
function modelsTaken(blanked: string): Verb | null {
  for (const { verb, end } of verbsIn(blanked)) {
    const object = blanked.slice(end);
    const model = MODEL_NOUN.exec(object)?.index ?? -1;
    const feature = FEATURE.exec(object)?.index ?? Number.POSITIVE_INFINITY;
    if (model !== -1 && model < feature) return verb;
  }
  return null;
}

function shifted(mentions: readonly Mention[], by: number): readonly Mention[] {
  return mentions.map((mention) => ({
    ...mention,
    span: [mention.span[0] - by, mention.span[1] - by],
  }));
}

function* verbsIn(blanked: string): Generator<{ verb: Verb; end: number }> {
  for (const verb of VERBS) {
    for (const match of blanked.matchAll(verb.pattern)) {
      const end = match.index + match[0].length;
      if (verb.needs === null || verb.needs.test(blanked.slice(end))) yield { verb, end };
    }
  }
}

/** The release verb that takes the name at a place: nothing but other names and their attributes stands between. */
function verbTaking(blanked: string, start: number): Verb | null {
  for (const { verb, end } of verbsIn(blanked)) {
    if (end > start) continue;
    const words = blanked
      .slice(end, start)
      .toLowerCase()
      .split(/[\s,:;()"'“”‘’\uE000–—-]+|(?:\b\d+\b)/);
    if (words.every((word) => word === '' || BETWEEN.has(word))) return verb;
  }
  return null;
}

/** "Released the family of models in the API: x, y and z": what stands behind the colon is what the verb takes. */
function verbListing(blanked: string, start: number): Verb | null {
  const colon = blanked.lastIndexOf(':', start);
  const before = blanked.slice(colon + 1, start).split(/[\s,\uE000]+/);
  if (colon === -1 || !before.every((word) => LINKS.has(word.toLowerCase()))) return null;
  return modelsTaken(blanked.slice(0, colon));
}

/** "the GPT-5.4 family" after "of" names where something belongs, not what is released. */
function isFamilyOf(blanked: string, start: number, end: number): boolean {
  return (
    /\b(of|in|to|from) (the |our )?$/i.test(blanked.slice(0, start)) &&
    /^\s+(model )?(family|series|line|lineup|generation)\b/i.test(blanked.slice(end))
  );
}

/** "GPT-5.4’s voice mode" and "GPT-5.4 fine-tuning" speak of something of the model's. */
function isOwner(blanked: string, end: number): boolean {
  const behind = blanked.slice(end, end + 40);
  if (/^['’]s\b/.test(behind)) return true;
  const feature = FEATURE.exec(behind)?.index ?? -1;
  const words = behind.slice(0, feature).trim().split(/\s+/);
  return (
    feature > 0 &&
    words.length <= 2 &&
    words.every((word) => /^[a-z-]*$/.test(word) && !LINKING.has(word))
  );
}

function isSubjectOf(blanked: string, start: number, end: number): boolean {
  if (NO_SUBJECT.test(blanked.slice(0, start))) return false;
  const predicate = AVAILABLE.exec(blanked.slice(end));
  if (predicate === null) return false;
  const between = blanked.slice(end, end + predicate.index).replace(REMARK, '');
  return between.split(/[\s,\uE000]+/).every((word) => LINKS.has(word.toLowerCase()));
}

/** "available in the API as gpt-image-2": the literal id of what the sentence is about. */
function isGivenId(blanked: string, start: number): boolean {
  return (
    /\b(as|under|called|named|via|the id|id is)\s+["'“(]*$/i.test(blanked.slice(0, start)) &&
    AVAILABLE.test(blanked.slice(0, start))
  );
}
