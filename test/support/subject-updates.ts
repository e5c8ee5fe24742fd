import type { ItemChange } from '../../src/core/alerts/source-changes.ts';
import type { SubjectUpdate } from '../../src/core/stories/family.ts';
import { DEFAULT_POLICY } from '../../src/core/verdict/policy.ts';
import { judgeAgain } from '../../src/core/verdict/transitions.ts';
import type { Claim } from '../../src/domain/claim.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import { idOf, targetId } from '../../src/domain/ids.ts';
import type { Change, ItemVersion } from '../../src/domain/item.ts';
import type { Subject } from '../../src/domain/subject.ts';
import type { Instant } from '../../src/domain/time.ts';
import type { ConfirmationLevel, Transition } from '../../src/domain/verdict.ts';
import { claimOf, makeCase, makePrimary, makeSubject } from './make.ts';

export const AT = '2026-04-21T19:10:42.000Z';

/** What one check finds on a subject, judged as the line judges it. */
export function subjectUpdate(
  claims: readonly Claim[],
  evidence: readonly Evidence[],
  over: Partial<SubjectUpdate> & { subject?: Subject } = {},
): SubjectUpdate {
  const at = over.at ?? AT;
  const subject = over.subject ?? makeSubject();
  const judged = judgeAgain(makeCase(claims, evidence, { subject }), [], at, DEFAULT_POLICY, false);
  return {
    at,
    subject,
    transitions: judged.transitions,
    verdicts: judged.verdicts,
    evidence: new Map(evidence.map((piece) => [piece.id, piece])),
    interest: 'followed',
    ...over,
  };
}

/** The same update with its only told move made one from a level to another. */
export function moving(
  base: SubjectUpdate,
  claim: Claim,
  from: ConfirmationLevel,
  to: ConfirmationLevel,
  at: Instant,
): SubjectUpdate {
  const [first] = base.transitions;
  if (first === undefined) throw new Error('Nothing moved.');
  const transition: Transition = {
    ...first,
    id: idOf('tr', claim.key, from, to, at),
    claim: claim.key,
    at,
    from: { level: from, status: 'current' },
    to: { level: to, status: 'current' },
  };
  return { ...base, at, transitions: [transition] };
}

/** A change of one item at a source. */
export function itemChange(
  kind: Change['kind'],
  texts: { before?: string; after?: string },
  over: Partial<ItemVersion['item']> & {
    baseline?: boolean;
    technical?: boolean;
    at?: Instant;
  } = {},
): ItemChange {
  const { baseline = false, technical = false, at = AT, ...item } = over;
  const url = item.url ?? 'https://developers.openai.com/api/docs/changelog';
  const target = targetId('openai-changelog', url);
  const snapshot = idOf('sn', url, at);
  const version = (text: string | undefined): ItemVersion | null =>
    text === undefined
      ? null
      : {
          id: idOf('iv', url, text),
          target,
          item: {
            key: 'entry',
            kind: 'entry',
            title: 'Apr 21',
            text,
            url,
            published: null,
            fields: {},
            ...item,
          },
          snapshot,
          mentions: ['gpt-image-2'],
          firstSeenAt: at,
          supersededAt: null,
        };
  const before = version(texts.before);
  const after = version(texts.after);
  return {
    change: {
      id: idOf('ch', url, kind, at),
      target,
      at,
      kind,
      key: 'entry',
      title: item.title ?? 'Apr 21',
      before: before?.id ?? null,
      after: after?.id ?? null,
      snapshot,
      technical,
      baseline,
    },
    before,
    after,
    target: { watcher: 'openai-changelog', url, kind: 'changelog', subject: null },
  };
}

/** A check that finds facets of a subject confirmed by its vendor. */
export function found(
  id: string,
  facets: readonly Claim['facet'][],
  over: Partial<Omit<SubjectUpdate, 'evidence'>> & {
    evidence?: Partial<Evidence>;
    subjectOver?: Partial<Subject>;
  } = {},
): SubjectUpdate {
  const { evidence = {}, subjectOver = {}, ...rest } = over;
  const name = id === 'gpt-image-2' ? 'GPT Image 2' : id.toUpperCase();
  const subject = makeSubject({ id, name, ...subjectOver });
  const claims = facets.map((facet) => claimOf(facet, { subject: id }));
  const pieces = claims.map((claim) =>
    makePrimary(claim, { quote: `${id} ${claim.facet} now`, observedAt: AT, ...evidence }),
  );
  return subjectUpdate(claims, pieces, { subject, ...rest });
}
