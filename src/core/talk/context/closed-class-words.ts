import { isAdverb, wordsIn } from '../document/tokens.ts';

/** Closed classes of English: what stands around a predicate and is no subject of its own. */

const AUXILIARIES =
  "is are was were be been being am has have had having do does did will would shall should can could may might must ll s re ve d t to not n't never get gets got began begun start starts started keeps kept isn aren wasn weren hasn haven hadn doesn didn don won can couldn wouldn cannot yet ever";
const ADVERBS =
  'now already also just still finally even only really actually indeed then soon today yesterday tonight recently first once again simply merely even quietly silently briefly suddenly once both all so far here there back up out later earlier meanwhile instead however therefore thus too as well at last in fact of course by the day before after this week month';
const DETERMINERS =
  'the a an this that these those its their his her our your my some any no every each all both such many several one two three four five six another other more most new its own which what whose who that when where while and or but if as for of';

/** Nouns and pronouns a text uses of the model it is about, of its maker, or of its launch: no subjects of their own. */
const OWN =
  'it they them this that these those one ones thing things model models system version versions release releases launch launches rollout debut openai company lab vendor maker firm provider startup altman ceo boss team engineers public users user everyone everybody anyone nobody someone people developers subscribers customers you we i us me name names successor update upgrade generation flagship sequel product engine generator tool beast preview beta api apis endpoint endpoints access availability announcement news word weights lineup line-up family trio pair series line what there here which who nothing none something anything access date day official officials half rest others else both id slug string model page post blog chatgpt codex playground app image video picture voice audio text gpt newcomer contender contestant entrant file files checkpoint checkpoints weight download downloads slice cake door oven itself that';

const AROUND = new Set(`${AUXILIARIES} ${ADVERBS} ${DETERMINERS}`.split(' '));
const OWN_WORDS = new Set(OWN.split(' '));

/** Nothing but helpers: auxiliaries, adverbs, determiners. */
export function areHelpers(text: string): boolean {
  return wordsIn(text).every((word) => AROUND.has(word) || isAdverb(word));
}

/**
 * Whether what stands before a predicate leaves its subject open, or makes it the model the text is about: nothing but
 * helpers, or a word used of the model. `before` is folded and ends where the predicate begins.
 */
export function leavesSubjectOpen(before: string): boolean {
  const coordinated = /^(.*)(?:\band\b|,)([^,]*)$/s.exec(before);
  if (coordinated !== null && areHelpers(coordinated[2] ?? '')) {
    return opensWithOwn(coordinated[1] ?? '');
  }
  const words = wordsIn(before);
  for (let index = words.length - 1; index >= 0; index--) {
    const word = words[index] ?? '';
    if (OWN_WORDS.has(word)) return !OTHERS.has(words[index - 1] ?? '');
    if (!AROUND.has(word) && !isAdverb(word)) return false;
  }
  return true;
}

/** "It is in its early stages and not confirmed": a second predicate shares the first one's subject. */
export function opensWithOwn(text: string): boolean {
  const first = wordsIn(text).find(
    (word) => OWN_WORDS.has(word) || !(AROUND.has(word) || isAdverb(word)),
  );
  return first === undefined || OWN_WORDS.has(first) || first === 'while' || first === 'although';
}

/** Where the object of a verb ends: a preposition, a conjunction, a sign. */
const OBJECT_END =
  /[,;:.!?()"—]|\s(?:to|in|on|at|for|with|without|by|from|as|and|or|but|that|which|who|when|where|after|before|since|until|while|because|about|of|into|across|inside|via|through|today|yesterday|(?:last|this|next|earlier|later) (?:week|month|year|spring|summer|autumn|fall|winter|today|morning|afternoon|evening))\s/;

/** Whether what stands behind a transitive verb is no thing of its own: nothing, a helper, or a word used of the model. */
export function leavesObjectOpen(behind: string): boolean {
  const end = OBJECT_END.exec(`${behind} `)?.index ?? behind.length;
  const words = wordsIn(behind.slice(0, end));
  const last = words.at(-1);
  if (last === undefined) return true;
  if (PLACES.has(last) || words.some((word) => OTHERS.has(word))) return false;
  return (
    OWN_WORDS.has(last) ||
    OPEN_OBJECTS.has(last) ||
    words.every((word) => OWN_WORDS.has(word) || AROUND.has(word) || isAdverb(word))
  );
}

/** Where a model is found: no model, when people use it. */
const PLACES = new Set([
  'playground',
  'app',
  'api',
  'apis',
  'chatgpt',
  'codex',
  'page',
  'post',
  'blog',
]);

/** Words that make it another than the one spoken of. */
const OTHERS = new Set([
  'else',
  'different',
  'another',
  'other',
  'others',
  'older',
  'old',
  'previous',
  'mini',
  'smaller',
  'separate',
]);

/** What a vendor withholds or gives when it speaks of a model. */
const OPEN_OBJECTS = new Set(
  'details detail particulars information specifics plans plan timeline statement anything nothing something pricing prices documentation docs pages posts weights confirmation timetable schedule roadmap word existence'.split(
    ' ',
  ),
);

/** A name behind these is what something is measured by, and not what is spoken of. */
const REFERENCE =
  /\b(?:than|(?<!(?:look|looks|looked|seem|seems|sounds|feels|appears) )like|unlike|from|versus|vs\.?|compared (?:to|with)|over|beyond|beside|besides|against|after|before|since|ahead of|behind|instead of|rather than|successors? (?:to|of)|predecessors? (?:to|of)|follow-up to|sequel to|based on|built on|on top of|inside|within|rates? of|those of|that of|prices? of|cost of|level of|era of|days of|between|replac(?:e|es|ed|ing)|next to|similar to|close to|half of|as (?:good|cheap|fast|much|many) as|resembl(?:es|ing)|outperform(?:s|ed)|nicknamed|code-?named|dubbed|aka|alias|formerly|internally|beats?|surpass(?:es|ed)|until|match(?:es|ed)?)\s+(?:the |an? |its |openai's |existing |current |today's |old(?:er)? |previous |earlier |even |both |either )*["'(]?$/;

export function isReference(before: string): boolean {
  return REFERENCE.test(before.slice(-60));
}

/** What stands between names that are named together ("and its bigger sibling"). */
const JOINT =
  /^[\s,"'()]*(?:(?:and|or|und|y|e|et|sowie|plus|as well as|along with|alongside|&)[\s,"'()]*)?(?:(?:the|its|their|a) )?(?:(?:bigger|smaller|larger|cheaper|faster|dated|quicker|little|big) )?(?:siblings?|variants?|cousins?|twins?|brothers?|sisters?|versions?|snapshots?)?[\s,"'()]*$/;
const UNSPACED_JOINT = /^[\s、，,和与及と및·]*$/;

export function areNamedTogether(between: string): boolean {
  return between.length < 40 && (JOINT.test(between) || UNSPACED_JOINT.test(between));
}

/** A name before these labels a thing of somebody else: a page, a clone, a video. */
const LABELLED =
  /^['"]?\s+(?:pages?|sites?|websites?|web ?pages?|trackers?|guides?|reviews?|tutorials?|prompts?|gallery|alternatives?|clones?|wrappers?|competitors?|rivals?|killers?|fans?|buttons?|posts?|videos?|workspace|plugins?|extensions?|bots?|hype|generator (?:site|page|tool)|demo (?:site|page)|landing|domain|url|headlines?|thumbnails?|screenshots?|banners?|hashtag|fanbase|subreddit|discord)\b/;

export function isLabelOn(behind: string): boolean {
  return LABELLED.test(behind);
}

/** Verbs in the form that tells a reader what to do. */
const ADVICE =
  /^(?:please |just |simply |so |then |and |instead,? |meanwhile,? |first,? |always )?(?:watch|wait|expect|build|test|pin|ask|treat|check|use|read|keep|look|type|press|start|stop|try|don't|do not|never|be|make sure|remember|consider|see|subscribe|follow|budget|plan|avoid|note|imagine|pick|choose|take|let's|let us|put|bookmark|save|compare|verify|visit|click|sign up|join|contact|learn|discover|explore|get|give|go|set|run|switch|update|migrate|move|stay|think|beware|assume|prepare|ignore|skip)\b(?! (?:was|is|are|were|has|have|had)\b)/;

/** Whether a clause tells its reader what to do rather than what is so. */
export function isAdvice(clause: string): boolean {
  return ADVICE.test(clause);
}
