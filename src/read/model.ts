import type { Instant } from '../domain/time.ts';
import { evidenceIn } from './evidence.ts';
import type { EvidenceRow } from './evidence-view.ts';
import { explanationIn } from './explanation.ts';
import { answerNamed, type Known } from './known.ts';
import { statusIn } from './status.ts';
import type { GlanceView } from './surface-view.ts';
import { timelineIn } from './timeline.ts';
import type { ExplanationView, StatusView, TimelineView } from './views.ts';

/** All that a page about one model shows. */
export interface ModelView {
  status: StatusView;
  glance: GlanceView;
  timeline: TimelineView;
  explanation: ExplanationView;
  evidence: readonly EvidenceRow[];
}

/** One judgement, shown from every side. Throws `NotFoundError` with near matches when nothing is known under that name. */
export async function modelOf(known: Known, typed: string, asOf: Instant): Promise<ModelView> {
  const answer = await answerNamed(known, typed, asOf);
  const status = await statusIn(known, answer);
  return {
    status,
    glance: status.glance,
    timeline: await timelineIn(known, answer),
    explanation: explanationIn(known, answer, null),
    evidence: evidenceIn(known, answer, null).evidence,
  };
}
