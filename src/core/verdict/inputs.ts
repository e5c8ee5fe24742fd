import { type Check, isGood } from '../../domain/check.ts';
import { groupedBy } from '../../domain/groups.ts';
import type { SourceKind } from '../../domain/source-kind.ts';
import type { Subject } from '../../domain/subject.ts';
import type { SubjectCase, SubjectRecord, TargetChecks } from '../../domain/subject-record.ts';
import type { Target } from '../../domain/target.ts';

/** The channels whose checks a verdict may rest on: those that can be silent, and the list that shows what left. */
export const CHECKED_KINDS: readonly SourceKind[] = [
  'newsroom',
  'changelog',
  'model-page',
  'model-list',
  'help',
];

/** The targets whose checks matter for a subject: pages about many, its own page, and those of its siblings. */
export function relevantTargets(targets: readonly Target[], subject: Subject): readonly Target[] {
  const controls = new Set(subject.controls);
  return targets.filter(
    ({ kind, subject: about }) =>
      CHECKED_KINDS.includes(kind) &&
      (about === null || about === subject.id || controls.has(about)),
  );
}

/** Puts together what a verdict is made of; `checks` holds the last and the last good check of each target. */
export function subjectCase(
  subject: Subject,
  record: SubjectRecord,
  targets: readonly Target[],
  checks: readonly Check[],
): SubjectCase {
  const byTarget = groupedBy(checks, ({ target }) => target);
  const found = targets.flatMap(({ id, kind, url, subject: about }): readonly TargetChecks[] => {
    const own = [...(byTarget.get(id) ?? [])].sort((a, b) => (a.at > b.at ? -1 : 1));
    const [latest] = own;
    if (latest === undefined) return [];
    const lastGood = own.find(({ outcome }) => isGood(outcome)) ?? null;
    return [{ target: id, kind, url, subject: about, latest, lastGood }];
  });
  return { subject, record, checks: found };
}
