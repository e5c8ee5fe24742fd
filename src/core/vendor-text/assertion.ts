import type { Argument } from '../language/arguments.ts';
import type { Frame } from '../language/frames.ts';

/**
 * Whether a frame is a plain assertion of the vendor (docs/verdicts.md): affirmed, present or past, no
 * question, condition, possibility or quotation, in no clause that another one only mentions, and its own deed.
 */
export function isAsserted(frame: Frame): boolean {
  const { polarity, time, modality } = frame.context;
  return isOwnWord(frame) && polarity === 'affirmed' && time !== 'future' && modality === 'none';
}

/** Planned by the vendor, in words as plain as an assertion's. */
export function isPlanned(frame: Frame): boolean {
  const { polarity, time, modality } = frame.context;
  return isOwnWord(frame) && polarity === 'affirmed' && time === 'future' && modality === 'none';
}

/** Denied by the vendor, in words as plain as an assertion's. */
export function isDenied(frame: Frame): boolean {
  const { polarity, modality } = frame.context;
  return isOwnWord(frame) && polarity === 'denied' && modality === 'none';
}

/** Said by the vendor of its own deed or model, whatever is said. */
export function isOwnWord({ context, agent }: Frame): boolean {
  const { condition, question, quotation, attribution, scope } = context;
  if (condition || question || quotation || attribution !== 'vendor' || scope !== 'main')
    return false;
  return agent === null || agent.kind === 'vendor';
}

/** Who has what is used, and in what it is: people, and the vendor's products. */
const THEIRS: Readonly<Record<'use' | 'host', readonly Argument['kind'][]>> = {
  use: ['people', 'pronoun'],
  host: ['product'],
};

/** People who can use a model have it, and a product that runs on one holds it: what is said of them is the vendor's word. */
export function isOffer(frame: Frame): boolean {
  const { agent, context } = frame;
  if (frame.category !== 'use' && frame.category !== 'host') return isAsserted(frame);
  const isTheirs = agent === null ? context.passive : THEIRS[frame.category].includes(agent.kind);
  return (
    isTheirs &&
    isOwnWord({ ...frame, agent: null }) &&
    context.polarity === 'affirmed' &&
    context.time === 'present' &&
    context.modality !== 'possibility'
  );
}

/** "Free users cannot use X": said of who has a plan, and of nobody in trouble. */
export function isWithheld(frame: Frame): boolean {
  const { context, agent, category } = frame;
  if (category !== 'use' && category !== 'host') return isDenied(frame);
  if (agent?.kind !== 'people') return agent === null && context.passive && isDenied(frame);
  const isPlain =
    context.time === 'present' && !context.companion && context.modality !== 'possibility';
  return isPlain && isOwnWord({ ...frame, agent: null }) && context.polarity === 'denied';
}
