import type { Qualifiers } from '../../../domain/claim.ts';
import type { Polarity } from '../../../domain/evidence.ts';
import type { Facet } from '../../../domain/facet.ts';
import { isVendorsAct } from '../arguments/arguments.ts';
import { actOf, formOf } from '../context/verb-form.ts';
import type { Hit } from '../cues/lexicon.ts';
import type { Clause } from '../document/clause.ts';
import type { Scene } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';

/** What is claimed of a subject, without the subject. */
export interface Claimed {
  facet: Facet;
  qualifiers: Qualifiers;
}

const PLAIN: Readonly<Record<string, Facet>> = {
  announce: 'announced',
  document: 'documented',
  api: 'api_listed',
  price: 'priced',
  retire: 'retired',
  deprecate: 'deprecated',
  date: 'date',
  exists: 'exists',
  identity: 'identity',
};

/** What a predicate claims, by what it is, where it says it happens, and who does it. */
export function claimedBy(
  scene: Scene,
  hit: Hit,
  clause: Clause,
  polarity: Polarity,
): readonly Claimed[] {
  const act = actOf(hit);
  const plain = asksDate(scene, hit, clause) ? 'date' : PLAIN[act];
  if (act === 'deny') return deniedBy(scene, hit, clause);
  if (act === 'test' && isOwnTest(scene, hit, clause)) return places(scene, clause, 'access');
  if (act === 'test' || act === 'sight') return tested(scene, hit, clause, polarity);
  if (polarity === 'support' && plain !== 'announced' && isLimited(scene, clause, hit)) {
    return [limitedTest(scene, clause)];
  }
  if (plain !== undefined) return [{ facet: plain, qualifiers: {} }];
  const released = places(scene, clause, act, whereOf(scene, hit, clause));
  return polarity === 'support' && isVendorsRelease(scene, hit, clause)
    ? [...released, { facet: 'announced', qualifiers: {} }]
    : released;
}

/** "It hit ChatGPT, and Reuters described a phased rollout": a rollout without a place of its own is the one spoken of. */
function whereOf(scene: Scene, hit: Hit, clause: Clause): Range {
  const isPlaced = scene.hits.has(clause, 'surface', 'api');
  if (isPlaced || !/roll-?out$/.test(scene.folded.slice(hit.start, hit.end))) return clause;
  return { start: clause.sentence.start, end: clause.end };
}

/** "has not announced a launch date": what is withheld is the date. */
function asksDate(scene: Scene, hit: Hit, clause: Range): boolean {
  return (
    actOf(hit) === 'announce' &&
    /^ (?:us )?(?:a|an|any|the|no|its)? ?(?:\w+ ){0,2}(?:dates?|timeline|timetable|schedule|timing|eta)\b|^ when\b/.test(
      scene.folded.slice(hit.end, clause.end),
    )
  );
}

/** "I have been testing it all day": who writes has it. */
function isOwnTest(scene: Scene, hit: Hit, clause: Range): boolean {
  if (scene.hits.has(clause, 'venue', 'report')) return false;
  return /(?:^|\b(?:and|but|since|so) )(?:i|we)(?:'ve| have|'m| am|'re| are)?(?: \w+)? $/.test(
    scene.folded.slice(clause.start, hit.start),
  );
}

/** A test, and nothing where it is denied; an A/B rollout in a product is the product in the hands of a test group. */
function tested(scene: Scene, hit: Hit, clause: Clause, polarity: Polarity): readonly Claimed[] {
  if (polarity === 'deny') return [];
  const isRollout = /roll-?outs?$/.test(scene.folded.slice(hit.start, hit.end));
  if (isRollout && isTestGroup(scene, clause)) return places(scene, clause, 'access');
  return [limitedTest(scene, clause)];
}

/** A launch of a preview for a few is a test, and never a release. */
function isLimited(scene: Scene, clause: Clause, hit: Hit): boolean {
  if (!/^(?:release|access|api)$/.test(actOf(hit))) return false;
  const ahead = { start: clause.sentence.start, end: hit.start };
  const before = scene.folded.slice(ahead.start, ahead.end);
  const isOver = /\b(?:but|now|after|since|then|until)\b/.test(before);
  const around = isOver ? [clause] : [clause, ahead];
  return OF_PREVIEW.test(before) || around.some((range) => isToFew(scene, range, clause));
}

/** "The preview has been switched on": what is let out is only that. */
const OF_PREVIEW =
  /\b(?:preview|beta|pilot|trial|closed test)(?: has| have| is| was| were)?(?: been)? $/;

function isToFew(scene: Scene, range: Range, clause: Range): boolean {
  return scene.hits
    .within(range, 'test.noun')
    .filter((cue) => !isToldBy(scene, cue, clause))
    .some((cue) => !/^(?:a\/b|ab|split)/.test(scene.folded.slice(cue.start, cue.end)));
}

/** "a handful of users say": those who tell of it are no group it is tested on. */
export function isToldBy(scene: Scene, cue: Hit, clause: Range): boolean {
  if (!/ of /.test(scene.folded.slice(cue.start, cue.end))) return false;
  return scene.hits
    .within(clause, 'report')
    .some(({ start, end }) => cue.start < end && start < cue.end);
}

const SURFACES = ['chatgpt', 'codex', 'playground', 'azure', 'copilot'] as const;

/** Where a release or an access is said to be: in products, in the API, or anywhere. */
function places(
  scene: Scene,
  clause: Clause,
  act: string,
  where: Range = clause,
): readonly Claimed[] {
  const { hits } = scene;
  const rollout = isTestGroup(scene, clause) ? ({ rollout: 'ab_test' } as const) : {};
  const found: Claimed[] = SURFACES.filter((surface) =>
    hits.within(where, `surface.${surface}`).some((hit) => !isLeftOut(scene, hit, where)),
  ).map((surface) => ({ facet: 'product_available', qualifiers: { surface, ...rollout } }));
  if (hits.within(where, 'api').some((hit) => !isLeftOut(scene, hit, where)))
    found.push({ facet: 'api_listed', qualifiers: {} });
  if (found.length > 0) return found;
  return [{ facet: act === 'access' ? 'product_available' : 'released', qualifiers: rollout }];
}

/** "launches without API access": a place that is named as one it is not in. */
function isLeftOut(scene: Scene, place: Range, { start }: Range): boolean {
  return /\b(?:without|minus|except|excluding|sans|outside|barring) (?:\w+ ){0,2}$/.test(
    scene.folded.slice(start, place.start),
  );
}

function isTestGroup(scene: Scene, clause: Range): boolean {
  return /\b(?:a\/b|ab|split|canary|bucket)[- ](?:test|experiment|trial|rollout|group)/.test(
    scene.folded.slice(clause.start, clause.end),
  );
}

/** "OpenAI launches …" announces what it launches. */
function isVendorsRelease(scene: Scene, hit: Hit, clause: Range): boolean {
  const isLaunch = actOf(hit) === 'release' && /^(?:past|now|ing)$/.test(formOf(hit));
  return isLaunch && isVendorsAct(scene, hit, clause.start);
}

const VENUES = ['lmarena', 'designarena', 'analysis'] as const;

export function limitedTest(scene: Scene, clause: Clause): Claimed {
  for (const range of [clause, clause.sentence]) {
    const venue = VENUES.find((one) => scene.hits.has(range, `venue.${one}`));
    if (venue !== undefined) return { facet: 'limited_test', qualifiers: { venue } };
  }
  const surface = SURFACES.find((one) => scene.hits.has(clause, `surface.${one}`));
  return { facet: 'limited_test', qualifiers: surface === undefined ? {} : { surface } };
}

/** What a denying word denies: its own facet, or that of the predicate it stands beside. */
function deniedBy(scene: Scene, hit: Hit, clause: Clause): readonly Claimed[] {
  switch (formOf(hit)) {
    case 'announce':
      return [{ facet: 'announced', qualifiers: {} }];
    case 'date':
      return [{ facet: 'date', qualifiers: {} }];
    case 'api':
      return [{ facet: 'api_listed', qualifiers: {} }];
    case 'document':
      return [{ facet: 'documented', qualifiers: {} }];
    default:
      return places(scene, clause, 'release').map(({ facet }) => ({ facet, qualifiers: {} }));
  }
}
