import * as z from 'zod';
import { surfaceView } from './views.ts';

export const glanceView = z.strictObject({
  /** The verdict in a word or two, and in a sentence. */
  verdict: z.string(),
  sentence: z.string(),
  surfaces: z.array(surfaceView),
});

export type GlanceView = z.output<typeof glanceView>;
