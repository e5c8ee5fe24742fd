import { CHECKED_KINDS, relevantTargets, subjectCase } from '../core/verdict/inputs.ts';
import { judgeSubject } from '../core/verdict/judge.ts';
import { ENGINE, verdictDigest } from '../core/verdict/policy.ts';
import { groupedBy } from '../domain/groups.ts';
import type { Target, TargetState } from '../domain/target.ts';
import type { StoredVerdict } from '../domain/verdict.ts';
import type { Finding, Tally, Verifying } from './verify-evidence.ts';

/** Derives every verdict again, subject by subject. */
export async function* verifyVerdicts(
  context: Verifying,
  tally: Tally,
  from: string | null,
): AsyncGenerator<string> {
  const targets = await context.store.targets.list({ kinds: CHECKED_KINDS });
  const subjects = groupedBy(await context.store.claims.verdicts(), ({ subject }) => subject);
  for (const subject of [...subjects.keys()].filter((one) => from === null || one > from).sort()) {
    const verdicts = subjects.get(subject) ?? [];
    tally.findings.push(
      ...verdicts.filter((verdict) => !isAsJudged(verdict)).map(changedAfterwards),
    );
    const ours = verdicts.filter(({ engine }) => engine === ENGINE);
    // Those that were judged together are derived together.
    const judgements = groupedBy(ours, ({ judgedAt, policy }) => `${judgedAt} ${policy}`);
    for (const group of judgements.values()) {
      tally.findings.push(...(await verifyJudgement(context, targets, group)));
    }
    tally.verdicts += ours.length;
    tally.engineChanged += verdicts.length - ours.length;
    yield subject;
  }
}

function isAsJudged(verdict: StoredVerdict): boolean {
  return verdict.digest === null || verdict.digest === verdictDigest(verdict);
}

function changedAfterwards({ claim, subject, level }: StoredVerdict): Finding {
  const message = `${subject}: its digest is not that of ${level}: it was changed after it was judged`;
  return { kind: 'verdict', about: claim, message };
}

async function verifyJudgement(
  { store, reader }: Verifying,
  targets: readonly TargetState[],
  stored: readonly StoredVerdict[],
): Promise<readonly Finding[]> {
  const [first] = stored;
  if (first === undefined) return [];
  const { judgedAt, policy: digest } = first;
  const subject = reader.subject(first.subject);
  const policy = await store.claims.policy(digest);
  if (subject === null || policy === null) {
    const missing =
      subject === null ? 'its subject is not known' : `its policy ${digest} is missing`;
    return stored.map(({ claim }) => ({ kind: 'verdict', about: claim, message: missing }));
  }
  const relevant: readonly Target[] = relevantTargets(targets, subject);
  const record = await store.claims.record(subject.id, judgedAt);
  const checks = await store.checks.latest(
    relevant.map(({ id }) => id),
    judgedAt,
  );
  const derived = judgeSubject(subjectCase(subject, record, relevant, checks), judgedAt, policy);
  const byClaim = new Map(derived.map((verdict) => [verdict.claim.key as string, verdict]));
  return stored.flatMap((verdict): Finding[] => {
    const again = byClaim.get(verdict.claim);
    const was = `${verdict.level} (${verdict.status}, rule ${verdict.rule})`;
    const is =
      again === undefined ? 'nothing' : `${again.level} (${again.status}, rule ${again.rule})`;
    if (was === is) return [];
    const message = `${subject.id}: judged ${was} at ${judgedAt}, derived as ${is}: another version or catalogue judged it, or the database was changed`;
    return [{ kind: 'verdict', about: verdict.claim, message }];
  });
}
