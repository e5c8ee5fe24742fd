import type { DependencyState, DependencyView } from '../read/dependencies.ts';

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

/** `src/app.ts:12:18: dall-e-2 was retired on 2026-05-12.` a line, as compilers write them. */
export function asText(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`);
}

/** Workflow commands of GitHub Actions: annotations at the line they speak of. */
export function asGithub(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ file, line, column, message, state, isFailure }) => {
    const place = `file=${property(file)},line=${line},col=${column},title=${property(`firsthand: ${state}`)}`;
    return `::${isFailure ? 'error' : 'warning'} ${place}::${data(message)}`;
  });
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

const RULE_WORDS: Readonly<Record<string, string>> = {
  retired: 'The model was shut down.',
  retiring: 'The model is shut down soon.',
  deprecated: 'The vendor advises against the model.',
  unconfirmed: 'The vendor has not confirmed the model.',
  unknown: 'Nobody speaks of the model.',
  'cannot-say': 'The sources were not read recently enough.',
};

/** SARIF 2.1.0, which code hosts show beside the code. */
export function asSarif(findings: readonly Finding[], version: string) {
  const rules = [...FAILING_STATES, 'cannot-say'].map((id) => ({
    id,
    shortDescription: { text: RULE_WORDS[id] ?? id },
  }));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      { tool: { driver: { name: 'firsthand', version, rules } }, results: findings.map(resultOf) },
    ],
  };
}

function resultOf({ file, line, column, id, state, message, isFailure }: Finding) {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  return {
    ruleId: state,
    level: isFailure ? 'error' : 'warning',
    message: { text: message },
    partialFingerprints: { model: `${state}/${id}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri },
          region: { startLine: line, startColumn: column, endColumn: column + id.length },
        },
      },
    ],
  };
}
