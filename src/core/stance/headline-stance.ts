import { type CueIndex, indexCues } from '../talk/cues/cue-index.ts';
import type { CueMatch, Lexicon } from '../talk/cues/lexicon.ts';
import { clausesIn, sentencesIn } from '../talk/document/sentences.ts';
import { foldText, type Range } from '../text/characters.ts';

/** What a headline does with the claim it tells of: takes it for true, calls it false, or passes it on. */
export type Stance = 'for' | 'against' | 'observing';

/** A headline laid out: its words, its cues, the sentences in it. */
interface Headline {
  folded: string;
  words: Lexicon['words'];
  cues: CueIndex;
  sentences: readonly Range[];
}

/** How headlines call a story false: what it is, what was done to it, who was taken in by it. */
const FALSE = new RegExp(
  String.raw`\b(?:${[
    'hoax(?:es|er|ers|ed)?|fakes?|faked|fakery|bogus|bs|myths?|misinformation|fiction|false(?:ly)?|untrue',
    String.raw`rubbish\w*|nonsense|baseless|unfounded|erroneous\w*|exaggerat\w+|inaccurate|satir\w+|parody|spoof\w*`,
    String.raw`li(?:e|ed|es|ar)|pranks?|pranked|troll(?:s|ed)?|fool(?:s|ed)?|fell for|falls? for|duped?|dupes|hoodwink\w*`,
    String.raw`fabricat\w+|photoshop\w*|doctored|made (?:it |this |that )?(?:all )?up|too good to`,
    String.raw`debunk\w*|den(?:y|ies|ied|ying|ial)|refut\w+|rebuff\w*|rebut\w*|dismiss\w*|retract\w*|disprove[ds]?`,
    'shoots? down|shot down claims?|doubts?',
  ].join('|')})\b`,
);

/** "No, he was not": a headline that answers. */
const ANSWER = /(?:^|[:;.!?-] ?)(?:no|nope|sorry|not so fast)[,:.!] /;

/** A negation of the verb; a word that merely misses something says nothing of the story. */
const VERBAL = /^(?:not|never|cannot|.*n't|is not)$/;

/** What opens a part of a headline that is not its story: a purpose, a reason, a relative clause, a contrast. */
const ASIDE =
  /\b(?:so|because|who|whom|that|which|to|after|with|without|if|why|how|what|only|just|and|but|or|despite|until) (?:\S+ ){0,4}$|, ?$/;

/** Nothing found either way. */
const UNPROVEN =
  /\b(?:no|little) (?:hard |real |solid )?(?:evidence|proof|sign|signs|word)\b|\bquestions? (?:raised|whether|remain)|\b(?:un|not )(?:confirmed|verified|clear|proven)\b|\b(?:mystery|conundrum|confusion)\b/;

/** How headlines pass a story on, beside the cues for reports and hedges. */
const PASSED_ON =
  /\b(?:reported|rumou?rs?|sources?|according to|claim(?:s|ed|ing)?|said to|says? to|thought to|feared|fears?|leak(?:s|ed)?|speculation|in talks|considering|probe|looking into|whispers?|buzz|predict\w*|forecasts?|expects?|complain\w*|purport\w*|may|seems?|appears?)\b/;

const REPORTS =
  /\breports? (?:say|says|claims?|suggest|of|that)\b|(?:^|[:-] )reports?\b|\breports\W*$/;

/** In a headline these speak of what a thing may lead to, or of what somebody is accused of. */
const NO_HEDGE = /could|alleged|potential|possible/;

/** Whose word it is, named at the end, or before a colon. */
const CREDIT =
  /(?:[:;-]+ ?(?:[\w.']+ ){0,3}|, )(?:reports?|sources?|says?|claims?|paper|officials?|witness(?:es)?|experts?|analysts?|monitor|watchdog|group)\W*$|\b(?:say|says|claim|claims|report)\W*$|^(?:[\w.']+ ){0,3}(?:officials?|rep|congressman|lawmaker|group|witness(?:es)?|analysts?|experts?|media): /;

/** What is longer is no headline, or an attack. */
const LONGEST = 500;

/** Reads a headline by cues alone. It never sets the force of evidence: the text below it does. */
export function headlineStance(headline: string, lexicon: Lexicon): Stance {
  const folded = foldText(headline.slice(0, LONGEST));
  const laid: Headline = {
    folded,
    words: lexicon.words,
    cues: indexCues(lexicon.scan(folded, 'en')),
    sentences: sentencesIn(folded, { start: 0, end: folded.length }),
  };
  if (laid.sentences.some((sentence) => isRefuting(laid, sentence))) return 'against';
  return laid.sentences.some((sentence) => isPassingOn(laid, sentence)) ? 'observing' : 'for';
}

function isRefuting(laid: Headline, sentence: Range): boolean {
  const text = textOf(laid, sentence);
  if (isQuestion(text) || UNPROVEN.test(text)) return false;
  if (FALSE.test(text) || ANSWER.test(text)) return true;
  return clausesIn(laid.folded, sentence, laid.words).some((clause) => isNegated(laid, clause));
}

function isNegated(laid: Headline, clause: Range): boolean {
  const { cues, folded } = laid;
  if (cues.has(clause, 'pseudo')) return false;
  const isOfStory = (cue: CueMatch) =>
    VERBAL.test(textOf(laid, cue)) && !ASIDE.test(folded.slice(clause.start, cue.start));
  return cues.within(clause, 'negator').some(isOfStory);
}

function isPassingOn(laid: Headline, sentence: Range): boolean {
  const text = textOf(laid, sentence);
  if (isQuestion(text)) {
    return isAskedOfStory(text) && sentence.end === laid.sentences.at(-1)?.end;
  }
  const { cues } = laid;
  const hedged = cues.within(sentence, 'hedge').some((cue) => !NO_HEDGE.test(textOf(laid, cue)));
  if (hedged || cues.has(sentence, 'report')) return true;
  return [UNPROVEN, PASSED_ON, CREDIT, REPORTS].some((pattern) => pattern.test(text));
}

function isQuestion(text: string): boolean {
  return /\?["')]*\s*$/.test(text);
}

/** "Did it?" asks whether the story is so; "Would you?" and "How?" take it for granted. */
function isAskedOfStory(text: string): boolean {
  return !/\byou\b|^(?:.*: )?(?:how|why|who|what|where|which|want)\b/.test(text);
}

function textOf({ folded }: Headline, { start, end }: Range): string {
  return folded.slice(start, end);
}
