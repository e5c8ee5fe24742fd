import type { Polarity, Statement } from '../../../domain/evidence.ts';
import type { Interval } from '../../../domain/time.ts';
import { argumentsOf } from '../arguments/arguments.ts';
import { assertionOf, isExpected, isSupposed } from '../context/assertion.ts';
import { type Standing, standingOf } from '../context/certainty.ts';
import { silentChannel } from '../context/reported-silence.ts';
import { isDistanced } from '../context/scare-quotes.ts';
import type { Hit } from '../cues/lexicon.ts';
import type { Argument, Clause } from '../document/clause.ts';
import { isCodename, mentionsWithin, type Scene } from '../document/document.ts';
import { contactsIn, saysPresence } from './availability-verbs.ts';
import { eventOf, spokenOf } from './event-time.ts';
import { type Claimed, claimedBy, isToldBy, limitedTest } from './facets.ts';
import { quoteOf } from './quote.ts';
import { vendorWordIn } from './vendor-attribution.ts';

/** What a clause says, predicate by predicate. */
export function statementsIn(scene: Scene, clause: Clause): readonly Statement[] {
  const said = predicatesIn(scene, clause).flatMap((hit) => statementsOf(scene, hit, clause));
  if (saysPresence(said)) return said;
  const word = vendorWordIn(scene, clause);
  if (word.length > 0) return [...said, ...word];
  const implied = [...contactsIn(scene, clause), ...attendanceIn(scene, clause)];
  return [...said, ...implied.flatMap((hit) => statementsOf(scene, hit, clause))];
}

/** A codename and a venue in one clause: whatever it does there, it was seen. */
function attendanceIn(scene: Scene, clause: Clause): readonly Hit[] {
  const [venue] = scene.hits.within(clause, 'venue');
  const isThere = mentionsWithin(scene, clause).some((one) => isCodename(scene, one));
  if (venue === undefined || !isThere) return [];
  return [{ family: 'sight.past', start: venue.start, end: venue.start }];
}

/** The predicates of a clause: of those that overlap, the longest. */
export function predicatesIn(scene: Scene, clause: Clause): readonly Hit[] {
  const hits = scene.hits
    .within(clause, 'predicate')
    .filter((hit) => hit.family !== 'test.noun' || !isToldBy(scene, hit, clause))
    .map((hit) => writtenDown(scene, hit, clause));
  return hits.filter(
    (hit) =>
      !hits.some(
        (other) =>
          other !== hit &&
          other.start <= hit.start &&
          other.end >= hit.end &&
          other.end - other.start > hit.end - hit.start,
      ),
  );
}

/** What comes up in documents is documented, and no sighting. */
function writtenDown(scene: Scene, hit: Hit, clause: Clause): Hit {
  if (!hit.family.startsWith('sight')) return hit;
  const isDocument = scene.hits.has(
    { start: hit.end, end: clause.end },
    'document.noun',
    'channel',
  );
  return isDocument ? { ...hit, family: 'document.past' } : hit;
}

function statementsOf(scene: Scene, hit: Hit, clause: Clause): readonly Statement[] {
  const polarity = assertionOf(scene, hit, clause);
  if (isDistanced(scene, hit, clause.sentence)) return [];
  if (polarity === null) return reportedDate(scene, hit, clause);
  const subjects = argumentsOf(scene, hit, clause).filter((subject) =>
    isSighting(scene, hit, clause, subject),
  );
  if (subjects.length === 0) return [];
  const standing = standingOf(scene, hit, clause, polarity);
  const silenceOf = silentChannel(scene, hit, clause.sentence, clause, polarity);
  const base = { polarity, silenceOf, effective: spokenOf(scene, clause) };
  return claimsOf(scene, hit, clause, polarity).flatMap((claimed) => {
    const event = eventOf(scene, hit, clause, claimed);
    return subjects.flatMap((subject) =>
      said(
        scene,
        ofKind(scene, claimed, subject, polarity, clause),
        subject,
        standing,
        base,
        event,
        clause,
      ),
    );
  });
}

/** "Reuters says that it is planned for May": what an outlet says of the day to come is hearsay of a date. */
function reportedDate(scene: Scene, hit: Hit, clause: Clause): readonly Statement[] {
  const isOfRelease = /^(?:release|announce)\.(?!noun)/.test(hit.family);
  if (!isOfRelease || !datesOrMonths(scene, clause)) return [];
  if (!isExpected(scene, hit, clause) || isSupposed(scene, hit, clause)) return [];
  const standing = standingOf(scene, hit, clause, 'support');
  if (standing.relays === null) return [];
  return argumentsOf(scene, hit, clause).map(({ subject, aliasClaimed }) => ({
    claim: { subject, facet: 'date' as const, qualifiers: {}, value: null },
    ...{ polarity: 'support' as const, ...standing, force: 'report' as const },
    ...{ effective: null, validTime: null, silenceOf: null, aliasClaimed },
    ...quoteOf(scene, clause),
  }));
}

/** A model under its own name on a leaderboard is ranked, not tested: a sighting is of a codename, or of a test. */
function isSighting(scene: Scene, hit: Hit, clause: Clause, { subject }: Argument): boolean {
  if (!hit.family.startsWith('sight')) return true;
  const kind = scene.context.names.subject(subject)?.kind;
  return kind === 'codename' || scene.hits.has(clause, 'test');
}

/** What comes to people under a codename is tested on them, and not released. */
function ofKind(
  scene: Scene,
  claimed: Claimed,
  { subject }: Argument,
  polarity: Polarity,
  clause: Clause,
): Claimed {
  const isCodenamed = scene.context.names.subject(subject)?.kind === 'codename';
  const isThere = /^(?:released|product_available|api_listed)$/.test(claimed.facet);
  return isCodenamed && isThere && polarity === 'support' ? limitedTest(scene, clause) : claimed;
}

/** "no new model is due in November": a denial of what is to come denies its date, and nothing of today. */
function claimsOf(scene: Scene, hit: Hit, clause: Clause, polarity: Polarity): readonly Claimed[] {
  const isLater =
    polarity === 'deny' &&
    /^(?:release|access)/.test(hit.family) &&
    (isExpected(scene, hit, clause) ||
      RULED_OUT.test(scene.folded.slice(clause.start, clause.end))) &&
    datesOrMonths(scene, clause);
  return isLater ? [{ facet: 'date', qualifiers: {} }] : claimedBy(scene, hit, clause, polarity);
}

const RULED_OUT = /\brul(?:e|es|ed|ing) out\b/;

function datesOrMonths(scene: Scene, { start, end }: Clause): boolean {
  return /\b(?:january|february|march|april|may|june|july|august|september|october|november|december|week|month|year|quarter|summer|winter|spring|autumn|fall|today|tomorrow|20\d\d)\b|\d{4}-\d\d/.test(
    scene.folded.slice(start, end),
  );
}

function said(
  scene: Scene,
  claimed: Claimed,
  { subject, aliasClaimed }: Argument,
  standing: Standing,
  base: Pick<Statement, 'polarity' | 'silenceOf' | 'effective'>,
  event: Interval | null,
  clause: Clause,
): readonly Statement[] {
  const statement: Statement = {
    claim: { subject, facet: claimed.facet, qualifiers: claimed.qualifiers, value: null },
    ...base,
    ...standing,
    validTime: event,
    ...quoteOf(scene, clause),
    aliasClaimed,
  };
  const day = event?.precision === 'day' && event.to === null ? event.from : null;
  if (claimed.facet !== 'announced' || base.polarity === 'deny' || day === null) return [statement];
  return [statement, { ...statement, claim: { ...statement.claim, value: day } }];
}
