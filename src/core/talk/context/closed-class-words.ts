import { isAdverb, wordsIn } from '../document/tokens.ts';

/** Closed classes of English: what stands around a predicate and is no subject of its own. */

const AUXILIARIES =
  "is are was were be been being am has have had having do does did will would shall should can could may might must ll s re ve d t to not n't never get gets got began begun start starts started keeps kept isn aren wasn weren hasn haven hadn doesn didn don won can couldn wouldn cannot yet ever";
const ADVERBS =
  'now already also just still finally even only really actually indeed then soon today yesterday tonight recently first once again simply merely even quietly silently briefly suddenly once both all so far here there back up out later earlier meanwhile instead however therefore thus too as well at last in fact of course by the day before after this week month';
const DETERMINERS =
  'the a an this that these those its their his her our your my some any no every each all both such many several one two three four five six another other more most new its own which what whose who that when where while and or but if as for of';

const AROUND = new Set(`${AUXILIARIES} ${ADVERBS} ${DETERMINERS}`.split(' '));

/** Nothing but helpers: auxiliaries, adverbs, determiners. */
export function areHelpers(text: string): boolean {
  return wordsIn(text).every((word) => AROUND.has(word) || isAdverb(word));
}
