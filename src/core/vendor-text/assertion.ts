import type { Argument } from '../language/arguments.ts';
import type { Frame } from '../language/frame.ts';
import type { ReadSentence } from '../language/read-sentence.ts';

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

/** Said by the vendor in a plain clause, of whoever does it. */
export function isPlain(context: Frame['context']): boolean {
  const { condition, question, quotation, attribution, scope } = context;
  return !condition && !question && !quotation && attribution === 'vendor' && scope === 'main';
}

/** Said by the vendor of its own deed or model, whatever is said. */
export function isOwnWord({ context, agent }: Frame): boolean {
  return isPlain(context) && (agent === null || agent.kind === 'vendor');
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
    isPlain(context) &&
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
  const isOfNow =
    context.time === 'present' && !context.companion && context.modality !== 'possibility';
  return isOfNow && isPlain(context) && context.polarity === 'denied';
}

/** A post that tells of a joke, a simulation or a mistake says nothing of what is. */
export function isUnreal({
  title,
  body,
}: Record<'title' | 'body', readonly ReadSentence[]>): boolean {
  return [...title, ...body].some(({ isUnreal: unreal }) => unreal);
}
