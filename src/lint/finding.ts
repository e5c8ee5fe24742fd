import type { DependencyState, DependencyView } from '../read/dependency-view.ts';

/** A model id at a place of a code base that somebody should look at. */
export interface Finding {
  file: string;
  line: number;
  column: number;
  id: string;
  state: DependencyState;
  message: string;
  isFailure: boolean;
}

/** States that `--fail-on` may name, the gravest first. */
export const FAILING_STATES = [
  'retired',
  'retiring',
  'deprecated',
  'unconfirmed',
  'unknown',
] as const satisfies readonly DependencyState[];

export type FailingState = (typeof FAILING_STATES)[number];

/** What is known of an id in one sentence, with what to do. */
export function messageOf(one: DependencyView): string {
  const use = one.replacements.length === 0 ? '' : ` Use ${one.replacements.join(' or ')}.`;
  const proof = one.proof === null ? '' : ` See ${one.proof.url}.`;
  return `${stateWords(one)}${use}${proof}`;
}

function stateWords({ id, state, retires, end, near, checkedThrough }: DependencyView): string {
  const on = retires === null ? '' : ` on ${retires}`;
  switch (state) {
    case 'retired':
      return end === 'due'
        ? `${id} was to be retired${on}; the vendor's pages were not looked at since.`
        : `${id} was retired${on}.`;
    case 'retiring':
      return `${id} is shut down${on}.`;
    case 'deprecated':
      return `${id} is deprecated.`;
    case 'unconfirmed':
      return `${id} is spoken of, and the vendor has not confirmed it.`;
    case 'unknown':
      return `${id} is no model that anybody speaks of${near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`}.`;
    case 'cannot-say':
      return `Nothing can be said of ${id}: the vendor's pages were ${checkedThrough === null ? 'never read' : `last read ${checkedThrough.slice(0, 10)}`}.`;
    case 'available':
      return `${id} is available.`;
  }
}
