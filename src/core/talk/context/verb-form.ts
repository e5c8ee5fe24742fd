import { isVendorsAct } from '../arguments/arguments.ts';
import type { Hit } from '../cues/lexicon.ts';
import type { Clause } from '../document/clause.ts';
import { mentionsWithin, type Scene } from '../document/document.ts';

/** The form of a predicate, by its family (`past` of `release.past`). */
export function formOf({ family }: Pick<Hit, 'family'>): string {
  return family.slice(family.indexOf('.') + 1);
}

/** What a predicate tells of (`release` of `release.past`). */
export function actOf({ family }: Pick<Hit, 'family'>): string {
  return family.split('.')[0] ?? family;
}

const DO_SUPPORT = /\b(?:did|does|do|didn't|doesn't|don't)(?: \w+){0,2} $/;
/** "may already be live": what may be so now is hedged, and not to come. */
const MAYBE_NOW =
  /\b(?:may|might|could|must) (?:\w+ )?(?:already|now|quietly|secretly|silently)(?: \w+)? $/;
/** "is said to be available": what is told as it is. */
const SAID_TO =
  /\b(?:seems?|appears?|said|thought|believed|reported|claimed|rumou?red|known|alleged|understood) to (?:already |now |also )?$/;
/** "used a livestream to introduce it": a purpose that was carried out. */
const TOOK_TO =
  /\b(?:used|chose|took|held|hosted|managed|proceeded|went on|stepped up|returned|got|came)\b[^,;]{0,40} to $/;
const BE =
  /\b(?:is|are|was|were|be|been|am|being|s|re|became|becomes?|keeps?|kept|continues?|continued|remains?|stays?|stayed|made|seems?|appears?|goes|went|now|currently|already|still|finally|today|officially|begins?|began|begun|starts?|started)(?: \w+){0,3} $/;
const MODAL = /\b(?:may|might|could|should|must)(?: \w+){0,2} $/;
const TO_COME = /\b(?:to|yet to|will|would|could|may|might|should|must) (?:be |have )?$/;
/** "seems to have gone live": what is taken for done. */
const TAKEN_FOR_DONE =
  /\b(?:seems?|seemed|appears?|appeared|said|thought|believed|reported|claimed|rumou?red|known|looks?|understood|alleged|may|might|could|must|would) (?:to )?have (?:\w+ )?$/;
/** "it is GPT-5 that answers" */
const CLEFT = /\bit (?:is|was) .* (?:that|which|who) $/;
const DETERMINED =
  /\b(?:the|a|an|no|any|its|their|this|that|new|of|recent|official|public|press|model|first|next|last|past|previous|latest|for|s) $/;
/** Nothing, or a sign, before: a fragment says it all by itself. */
const BARE = /(?:^|[,:"'(]) *$/;

/** Whether the form of a predicate asserts at all: by its verb form, or by what stands around a noun. */
export function assertsByForm(scene: Scene, hit: Hit, clause: Clause, denied: boolean): boolean {
  // Elsewhere the form is in the pattern; a noun alone asserts nothing in any language.
  if (scene.language !== 'en') {
    if (denied || !/noun$/.test(hit.family) || hit.family === 'test.noun') return true;
    return hit.family === 'price.noun' && SUM.test(scene.folded.slice(clause.start, clause.end));
  }
  const before = `${scene.folded.slice(clause.start, hit.start).trimEnd()} `;
  if (denied) return formOf(hit) !== 'base' || !MODAL.test(before);
  return assertsPlainly(scene, hit, clause, before);
}

function assertsPlainly(scene: Scene, hit: Hit, clause: Clause, before: string): boolean {
  const text = scene.folded.slice(hit.start, hit.end);
  switch (formOf(hit)) {
    case 'base':
      return [DO_SUPPORT, MAYBE_NOW, SAID_TO, TOOK_TO].some((pattern) => pattern.test(before));
    case 'ing':
      return BE.test(before) || BARE.test(before) || /^(?:beg|star)/.test(text);
    case 'now':
      return !(DETERMINED.test(before) && !CLEFT.test(before) && text.endsWith('s'));
    case 'noun':
      return isNounAsserted(scene, hit, clause, before);
    case 'state':
      return (
        hit.family === 'api.state' ||
        BE.test(before) ||
        BARE.test(before) ||
        /^(?:now|generally|publicly|already)/.test(text)
      );
    case 'published':
      return isVendorsAct(scene, hit, clause.start) || isDoneTo(scene, hit, clause);
    case 'confirmed':
      return isVendorsAct(scene, { ...hit, family: 'announce.past' }, clause.start);
    case 'past':
      return (
        /^(?:retire|deprecate)/.test(hit.family) ||
        TAKEN_FOR_DONE.test(before) ||
        !TO_COME.test(before)
      );
    default:
      return true;
  }
}

/** "gpt-image-2 was published": a model, a form of to be, the verb. */
function isDoneTo(scene: Scene, hit: Hit, clause: Clause): boolean {
  const named = mentionsWithin(scene, { start: clause.start, end: hit.start }).at(-1);
  if (named === undefined) return false;
  const between = scene.folded.slice(named.span[1], hit.start);
  return /^ (?:\w+ )?(?:was|were|is|are|been|being)\b/.test(between);
}

/** What is said of a launch that took place. */
const HAPPENS =
  /^(?: itself)?(?: (?:of|for|to|in|on)\b[^,;]{0,60}?)? (?:has |have |had )?(?:just |now |finally |already |quietly )?(?:under ?way|happened|took|taken|came|come|followed|arrived|occurred|went ahead|gone ahead|(?:is|are) being (?:widened|extended|granted|opened|expanded|phased)|(?:is|are|was|were) (?:widened|extended|granted|opened|expanded)|is (?:real|done|official|here|live|complete|over|under ?way|behind us|in progress|public)|was (?!expected|called off|scrapped|put off|pushed back|moved|shelved|rescheduled|delayed|planned|cancelled|canceled|postponed|rumou?red|a rumou?r|fake|false)|has been (?!delayed|postponed|rumou?red)|began|begun|started|kicked off|finished|completed|concluded|wrapped up|continued|continues|resumed|expanded|widened|ran|surprised|caught|covers|covered|puts|put|brings|brought|reached|reaches|opened|opens|marks|marked|made|makes|gave|gives|goes|runs|is (?:through|via|by))\b/;
/** "Wednesday's release of": a day has it. */
const DATED =
  /\b(?:\w+day's|yesterday's|today's|last \w+'s|this (?:week|month|morning)'s|(?:january|february|march|april|may|june|july|august|september|october|november|december)(?: \d+)?'s) (?:\w+ )?$/;
/** Words before a launch that take it for granted. */
const GRANTED =
  /\b(?:minutes of|hours of|days of|weeks of|since|after|following|upon|with|given|despite|thanks to|at|on|by) (?:(?:its|the|their|this|that|openai's|yesterday's|today's|\w+day's|last week's|the (?:official|public)|april's) )?(?:official |public |full |surprise |quiet |recent )?$/;
const EXISTENTIAL =
  /\bthere (?:is|was|has been|are|were) (?:now |already |also |finally )?(?:\S+ ){0,2}$|\b(?:there (?:is|was|has been|have been)|this (?:is|was|one is)|it (?:is|was)|that (?:is|was)|here is|we have|has|have|had|got|with) (?:now |already |finally )?(?:a|an|the|its)(?: \w+){0,2} $|\b(?:report(?:s|ed|ing)?|gain(?:s|ed|ing)?|gets?|got|getting|sees?|saw|receiv(?:es?|ed|ing)) (?:early |full |api |wide |public |general )*$|\b(?:carries|carried|posted|published|ran|issued|made|put out|shared) (?:a|an|the|its)(?: \w+){0,2} $/;
const REPORTS = /\b(?:describe|report|cover|announce|confirm|note|call|mention|speak)\w*\b/;
const USED =
  /\b(?:us(?:e|es|ed|ing)|call(?:s|ed|ing)?|exposed|served|offered|lists?|listed|runs?|running|works?)\b[^.]{0,28} $/;
const PRICED =
  /^ (?:is|are|was|were|start|starts|match|matches|stay|stays|come|comes|cost|costs|drop|dropped|fall|fell|rise|rose|land|lands|sit|sits|run|runs|remain|remains|reads?|says|stands at|(?:has|have) been (?:posted|published|announced|set|listed|given)|(?:was|were|is|are) (?:posted|published|announced|set|listed|given)|of \$|at \$|: ?\$|\$)/;
const PAID = /\b(?:comes? to|costs?|runs?|pays?|charges?|charged|at|for|from)(?: \w+)? $/;
/** An amount of money in any language. */
const SUM = /[$€£¥]\s?\d|\d[\d.,]*\s?(?:ドル|円|美元|元|달러|원|dólares|dollars?|euros?)/;
const AMOUNT =
  /[$€£¥]\s?\d|\b\d[\d.,]* ?(?:cents?|dollars?|euros?|usd|eur)\b|\b(?:one|two|three|four|five|six|eight|ten|twelve|fifteen|twenty|thirty|forty|fifty) (?:cents?|dollars?|euros?)\b/;
const DOCUMENTS =
  /^ (?:(?:for|of|on|dated|at|is dated) [^,;]{1,30}? )?(?:and )?(?:now |already |also |page |entry |began to |begins to |started to )*(?:lists?|describes?|names?|covers?|covered|shows?|mentions?|includes?|documents?|carries|has|gives?)\b/;
const OWNED =
  /\b(?:has|have|had|with|backed by|got|its own|published|posted|updated|gained|lists?|shows?|names?|describes?|there (?:is|are)|has been given)(?: \w+){0,3} $/;

/** A noun asserts by the verb it goes with: that it happened, that there is one, that others report it. */
function isNounAsserted(scene: Scene, hit: Hit, clause: Clause, before: string): boolean {
  const behind = scene.folded.slice(hit.end, clause.end);
  switch (hit.family) {
    case 'test.noun':
      return true;
    case 'date.noun':
      return false;
    case 'api.noun':
      return USED.test(before);
    case 'price.noun':
      return isPriced(scene.folded.slice(hit.start, hit.end), before, behind);
    case 'document.noun':
      return OWNED.test(before) || DOCUMENTS.test(behind);
    default:
      return (
        HAPPENS.test(behind) ||
        EXISTENTIAL.test(before) ||
        GRANTED.test(before) ||
        DATED.test(before) ||
        (scene.hits.has({ start: clause.sentence.start, end: hit.start }, 'outlet') &&
          REPORTS.test(before))
      );
  }
}

function isPriced(text: string, before: string, behind: string): boolean {
  if (/^per\b/.test(text) && AMOUNT.test(before + behind)) return true;
  if (PAID.test(before) || PRICED.test(behind) || BE.test(before) || /^costs?\b/.test(text))
    return true;
  return (
    /^(?:cheaper|more expensive|costlier|pricier|half|twice|without|free)/.test(text) &&
    /(?:^|\band|,) *$/.test(before)
  );
}
