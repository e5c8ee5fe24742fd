import type { Instant } from '../domain/time.ts';
import { evidenceOf } from './evidence.ts';
import type { EvidenceRow } from './evidence-view.ts';
import { explanationOf } from './explanation.ts';
import { glanceOf } from './glance.ts';
import type { GlanceView } from './glance-view.ts';
import { answerFor, type Known, subjectNamed } from './known.ts';
import { statusOf } from './status.ts';
import { timelineOf } from './timeline.ts';
import type { ExplanationView, StatusView, TimelineView } from './views.ts';

/** All that a page about one model shows. */
export interface ModelView {
  status: StatusView;
  glance: GlanceView;
  timeline: TimelineView;
  explanation: ExplanationView;
  evidence: readonly EvidenceRow[];
}

/** Throws `NotFoundError` with near matches when nothing is known under that name. */
export async function modelOf(known: Known, typed: string, asOf: Instant): Promise<ModelView> {
  const subject = subjectNamed(known, typed);
  const targets = await known.store.targets.list();
  const [answer, status, timeline, explanation, { evidence }] = await Promise.all([
    answerFor(known, subject, asOf, targets),
    statusOf(known, subject.id, asOf),
    timelineOf(known, subject.id, asOf),
    explanationOf(known, subject.id, null, asOf),
    evidenceOf(known, subject.id, null, asOf),
  ]);
  return { status, glance: glanceOf(answer), timeline, explanation, evidence };
}
