import { systemClock } from '../domain/clock.ts';
import { asError, StoreError } from '../domain/errors.ts';
import type { BodyHash } from '../domain/ids.ts';
import { HOUR, type Instant, plus } from '../domain/time.ts';
import type { EvidencePlace } from '../store/ports/claims.ts';
import type { Finding, Tally, Verifying } from './verify-evidence.ts';
import { verifyEvidence } from './verify-evidence.ts';
import { verifyVerdicts } from './verify-verdicts.ts';

export interface Verification extends Readonly<Omit<Tally, 'findings'>> {
  findings: readonly Finding[];
  /** When it began; what was stored since may not have been looked at. Null when it ran in one go. */
  resumedFrom: Instant | null;
  /** Whether it was stopped before its end, to be resumed. */
  isStopped: boolean;
}

export interface VerifyOptions {
  now?: Instant;
  /** Goes on where the last one was stopped. */
  resume?: boolean;
  signal?: AbortSignal;
  /** Told after each page of what was looked at so far. */
  onProgress?(tally: Readonly<Tally>): void;
}

/** Where a verification stands: in its parts one after the other, each page by page. */
type Place =
  | { part: 'bodies'; after: BodyHash | null }
  | { part: 'evidence'; after: EvidencePlace | null }
  | { part: 'verdicts'; after: string | null };

interface Course {
  begun: Instant;
  place: Place;
  tally: Tally;
}

/** Under which name the course is kept, and after how many pages. */
const MARK = 'verify';
const PAGES_A_MARK = 50;

/** How many bodies are asked for at a time. */
const BATCH = 200;

/**
 * Proves the database from the bytes up: the file is sound, every body still has its hash, every quote stands in the text
 * that its watcher makes of those bytes, none lies ahead of the time that it is, and every verdict follows from evidence
 * and checks under the policy it names. What is stopped, or killed, goes on from a page before that.
 */
export async function verify(
  context: Verifying,
  options: VerifyOptions = {},
): Promise<Verification> {
  const { now = systemClock.now(), resume = false, signal, onProgress } = options;
  const { marks, maintenance } = context.store;
  const kept = resume ? await marks.get(MARK) : null;
  const course = kept === null ? newCourse(now) : (JSON.parse(kept) as Course);
  const { tally } = course;
  // The file is looked at each time; what was found of it before the stop is found again, or mended.
  const isOfFile = ({ kind, about }: Finding) => kind === 'file' || about.startsWith(TABLE);
  tally.findings = tally.findings.filter((finding) => !isOfFile(finding));
  for (const message of await maintenance.integrity()) {
    tally.findings.push({ kind: 'file', about: 'database', message });
  }
  tally.findings.push(...(await aheadFindings(context, plus(now, HOUR))));
  let pages = 0;
  for await (const place of placesFrom(context, course.place, tally, plus(now, HOUR))) {
    course.place = place;
    pages += 1;
    const isStopped = signal?.aborted === true;
    if (isStopped || pages % PAGES_A_MARK === 0) await marks.put(MARK, JSON.stringify(course));
    if (isStopped) return { ...tally, resumedFrom: null, isStopped };
    onProgress?.(tally);
  }
  await marks.put(MARK, null);
  return { ...tally, resumedFrom: kept === null ? null : course.begun, isStopped: false };
}

const TABLE = 'table ';

/** A clock that was set ahead stored it. Evidence is told piece by piece. */
async function aheadFindings({ store }: Verifying, latest: Instant): Promise<readonly Finding[]> {
  const found = await store.maintenance.ahead(latest);
  return found
    .filter(({ table }) => table !== 'evidence')
    .map(({ table, rows, last }) => {
      const what = rows === 1 ? 'a row was stored' : `${rows} rows were stored`;
      const message = `${what} under times that have yet to come, until ${last}: the clock was wrong, and nothing finds them until then`;
      return { kind: 'time', about: `${TABLE}${table}`, message };
    });
}

function newCourse(begun: Instant): Course {
  const none = { bodies: 0, evidence: 0, reread: 0, verdicts: 0, engineChanged: 0 };
  return { begun, place: { part: 'bodies', after: null }, tally: { ...none, findings: [] } };
}

/** Does the work from a place on, page by page, and tells each time where it has come to. */
async function* placesFrom(
  context: Verifying,
  from: Place,
  tally: Tally,
  latest: Instant,
): AsyncGenerator<Place> {
  if (from.part === 'bodies') {
    for await (const after of verifyBodies(context, tally, from.after)) {
      yield { part: 'bodies', after };
    }
  }
  if (from.part !== 'verdicts') {
    const start = from.part === 'evidence' ? from.after : null;
    for await (const after of verifyEvidence(context, tally, start, latest)) {
      yield { part: 'evidence', after };
    }
  }
  const start = from.part === 'verdicts' ? from.after : null;
  for await (const after of verifyVerdicts(context, tally, start)) {
    yield { part: 'verdicts', after };
  }
}

async function* verifyBodies(
  { store }: Verifying,
  tally: Tally,
  from: BodyHash | null,
): AsyncGenerator<BodyHash> {
  let last = from;
  for (;;) {
    const hashes: readonly BodyHash[] = await store.maintenance.bodies(last, BATCH);
    for (const hash of hashes) {
      const fault = await faultIn(() => store.snapshots.body(hash));
      if (fault !== null) tally.findings.push({ kind: 'body', about: hash, message: fault });
    }
    tally.bodies += hashes.length;
    last = hashes.at(-1) ?? null;
    if (last === null) return;
    yield last;
  }
}

async function faultIn(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (thrown) {
    // A place that cannot be reached says nothing of what lies there.
    if (thrown instanceof StoreError && thrown.kind === 'unavailable') throw thrown;
    return asError(thrown).message;
  }
}
