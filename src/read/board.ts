import type { Subject } from '../domain/subject.ts';
import type { Instant } from '../domain/time.ts';
import type { ConfirmationLevel } from '../domain/verdict.ts';
import { bareVerdict, glanceOf, headline } from './glance.ts';
import { type Answer, answerFor, type Known } from './known.ts';
import { sourceTrouble } from './source-trouble.ts';
import type { BoardRow, BoardView } from './views.ts';

/** What is followed, at a glance: the followed subjects and the models revealed first-hand, as of a moment. */
export async function board(known: Known, asOf: Instant): Promise<BoardView> {
  const targets = await known.store.targets.list();
  const rows: BoardRow[] = [];
  for (const subject of await boardSubjects(known)) {
    rows.push(rowOf(await answerFor(known, subject, asOf, targets), known));
  }
  const { queued, dead } = await known.store.reads.outboxDepth();
  const silences = await known.store.outbox.silences(asOf);
  return {
    asOf,
    rows: rows.sort(byLevel),
    unheard: known.follow.filter((id) => known.subject(id) === null),
    outbox: { queued, dead },
    silences: silences.map(({ subject, until, because }) => ({ subject, until, because })),
    ...(await sourceTrouble(known, targets, asOf)),
  };
}

/** What a person follows, and what a vendor revealed since the first look; a baseline of a hundred old models is no news. */
async function boardSubjects(known: Known): Promise<readonly Subject[]> {
  const followed = new Set(known.follow);
  const activity = await known.store.reads.activity();
  const moved = new Set(
    activity.filter((one) => one.lastTransitionAt !== null).map(({ subject }) => subject),
  );
  return known
    .subjects()
    .filter(
      ({ id, kind, discovered }) =>
        followed.has(id) ||
        (discovered?.firstHand === true &&
          kind === 'model' &&
          moved.has(id) &&
          !known.except.includes(id)),
    );
}

function rowOf(answer: Answer, known: Known): BoardRow {
  const { subject } = answer;
  const { level, status, since, flags, voices } = headline(answer);
  const retired = bareVerdict(answer, 'retired');
  return {
    subject: subject.id,
    name: subject.name,
    vendor: subject.vendor,
    level,
    status,
    since,
    flags: [...flags],
    voices,
    announced: bareVerdict(answer, 'announced')?.level ?? 'unknown',
    retired: { level: retired?.level ?? 'unknown', status: retired?.status ?? 'never_reported' },
    followed: known.follow.includes(subject.id),
    surfaces: [...glanceOf(answer, known).surfaces],
  };
}

const ORDER: Record<ConfirmationLevel, number> = {
  confirmed: 0,
  withdrawn: 1,
  secondary: 2,
  rumor: 3,
  contradicted: 4,
  unknown: 5,
};

function byLevel(a: BoardRow, b: BoardRow): number {
  return ORDER[a.level] - ORDER[b.level] || (a.subject < b.subject ? -1 : 1);
}
