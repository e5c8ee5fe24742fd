import type { Qualifiers } from '../../domain/claim.ts';
import type { Mention } from '../names/mention.ts';
import { clausesOf, mentionsIn, type Piece, withoutNames } from './spans.ts';

/** How far a clause says access goes. Only `available` is full; the others never amount to a release. */
type Stage = 'available' | 'staged' | 'limited' | 'forthcoming' | 'denied';

/** One place where a clause says a model can, or cannot, be had. */
export interface Availability {
  /** `api`, or the product it is in; null when the clause names no place. */
  surface: string | null;
  plan: string | null;
  stage: Stage;
}

const DENIED =
  /\b(not|n['’]t|never|no longer|cannot)\b[^.;]{0,40}\b(available|accessible|supported|offered|in the api|in chatgpt|released?)\b/i;
const FORTHCOMING =
  /\b(coming (soon|to|later|in|next)|in the coming|will (be|come|roll|launch|arrive|ship|become|follow|get|have)|soon|later (this|today|in)|plan(s|ned|ning)? to|to follow|expect(s|ed)? to|upcoming|next (week|month|year))\b/i;
const LIMITED =
  /\b(trusted[- ]access|limited[- ](preview|release|access|availability|group|set|alpha|beta)|private[- ](preview|beta|alpha)|early[- ]access|wait ?list|invite[- ]only|by invitation|select(ed)? (\w+ )?(partners|customers|developers|organi[sz]ations|group|users|testers)|(approved|vetted|verified) (organi[sz]ations|customers|partners|users)|small (group|set|number))\b/i;
const STAGED =
  /\b(roll(s|ing)? out|rollout|gradual(ly)?|phased|in (waves|stages|phases)|starting with|begin(s|ning)? to)\b/i;
const AVAILABLE =
  /\b(available|accessible|live|out now|is here|launch(es|ed|ing)|releas(es|ed|ing)|introduc(es|ed|ing)|ship(s|ped)|arriv(es?|ed|ing)|debut(s|ed)?|lands?|landed|comes? to|now in|can (now )?(use|try|access|choose|select)|(have|get|has|gets) access|general(ly)? availab\w+|made|moved|opened|added)\b/i;

const SURFACES: readonly (readonly [string, RegExp])[] = [
  ['api', /\bapis?\b|\bfor (all )?developers\b/i],
  ['chatgpt', /\bchatgpt\b/i],
  ['codex', /\bcodex\b/i],
  ['sora', /\bsora app\b/i],
];
/** Plans of ChatGPT, named as plans: beside the people or the subscription, or in a list of them. */
const PLAN = /\b(Free|Go|Plus|Pro|Team|Business|Enterprise|Edu)\b/g;
const PLAN_PLACE =
  /\b(users?|plans?|subscribers?|subscriptions?|customers?|workspaces?|accounts?|tiers?|members?)\b/i;

/** Whom and where each clause of a sentence says a model is available to; a clause without a predicate continues the one before. */
export function availabilityIn(sentence: Piece, all: readonly Mention[]): readonly Availability[] {
  const found: Availability[] = [];
  let stage: Stage | null = null;
  for (const clause of clausesOf(sentence)) {
    const text = blank(clause, all);
    stage = stageOf(text) ?? stage;
    if (stage === null) continue;
    for (const surface of surfacesIn(text)) {
      const plans = surface === 'api' ? [] : plansIn(text);
      const named = plans.length > 0 ? plans : [null];
      found.push(...named.map((plan): Availability => ({ surface, plan, stage: stage as Stage })));
    }
  }
  return found;
}

/** Names are no cues, except that a product's name says where. */
function blank(clause: Piece, all: readonly Mention[]): string {
  const names = mentionsIn(clause, all).filter(({ text }) => !/^(chatgpt|codex|sora)$/i.test(text));
  const shifted = names.map(
    (mention): Mention => ({
      ...mention,
      span: [mention.span[0] - clause.start, mention.span[1] - clause.start],
    }),
  );
  return withoutNames(clause.text, shifted);
}

function stageOf(clause: string): Stage | null {
  if (DENIED.test(clause)) return 'denied';
  const isOnItsWay = STAGED.test(clause) && !/\b(will|next (week|month)|soon)\b/i.test(clause);
  if (LIMITED.test(clause)) return 'limited';
  if (isOnItsWay) return 'staged';
  if (FORTHCOMING.test(clause)) return 'forthcoming';
  return AVAILABLE.test(clause) ? 'available' : null;
}

function surfacesIn(clause: string): readonly (string | null)[] {
  const named = SURFACES.filter(([, pattern]) => pattern.test(clause)).map(([surface]) => surface);
  if (named.length > 0) return named;
  return [plansIn(clause).length > 0 ? 'chatgpt' : null];
}

function plansIn(clause: string): readonly string[] {
  const names = [...clause.matchAll(PLAN)].map((match) => match[0].toLowerCase());
  const arePlans = PLAN_PLACE.test(clause) || names.length > 1;
  return arePlans ? [...new Set(names)] : [];
}

/** What narrows a claim of availability: the product and the plan, and that only an approved few have it. */
export function qualifiersOf({ surface, plan, stage }: Availability): Qualifiers {
  return {
    ...(surface === null ? {} : { surface }),
    ...(plan === null ? {} : { plan }),
    ...(stage === 'limited' ? { rollout: 'trusted_access' as const } : {}),
  };
}
