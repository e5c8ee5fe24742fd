import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appOptions, compiled, corpus, scratch } from '../support/project.mjs';

/**
 * @typedef {object} State
 * @property {string} subject
 * @property {string} facet
 * @property {string} level
 * @property {string} [status]
 * @property {readonly string[]} [flags]
 */

/** Flags that must be absent where a label does not list them. */
const STRICT = ['disputed', 'primary_silent'];

/**
 * The one expected state whose proof the recording lacks rests on a commit of the SDK; its file is put in here as that
 * commit left it, at the commit's time.
 */
const SDK = {
  url: 'https://raw.githubusercontent.com/openai/openai-python/main/src/openai/types/image_model.py',
  contentType: 'text/plain; charset=utf-8',
  before: ['dall-e-2', 'dall-e-3', 'gpt-image-1', 'gpt-image-1-mini', 'gpt-image-1.5'],
  added: ['gpt-image-2', 'gpt-image-2-2026-04-21'],
};

/** @param {readonly string[]} ids */
function typesFile(ids) {
  const literals = ids.map((id) => `"${id}"`).join(', ');
  return `from typing_extensions import Literal, TypeAlias\n\n__all__ = ["ImageModel"]\n\nImageModel: TypeAlias = Literal[${literals}]\n`;
}

function sdkRecording() {
  const answer = { url: SDK.url, status: 200, contentType: SDK.contentType };
  return [
    { version: 1, name: 'sdk' },
    { ...answer, at: '2026-04-03T09:10:00Z', text: typesFile(SDK.before) },
    { ...answer, at: '2026-05-05T15:49:59Z', text: typesFile([...SDK.before, ...SDK.added]) },
  ];
}

/** Replays the seeds among the primary channels and compares every state that is expected of them. */
export async function measureStates() {
  const { openPipeline } = await compiled('app/build-pipeline.js');
  const { replayAll } = await compiled('operations/replay.js');
  const folder = scratch();
  const open = await openPipeline(appOptions(folder));
  try {
    const sdk = join(folder, 'sdk.jsonl');
    writeFileSync(
      sdk,
      `${sdkRecording()
        .map((line) => JSON.stringify(line))
        .join('\n')}\n`,
    );
    const recordings = [join(corpus, 'seeds', 'recording.yaml'), sdk];
    await replayAll(open, recordings, { until: null, onEvent() {} });
    return await compare(open.known);
  } finally {
    await open.close();
  }
}

/** @param {unknown} known */
async function compare(known) {
  const { facetLabel } = await compiled('domain/claim.js');
  const { statusOf } = await compiled('read/status.js');
  const { parseInstant } = await compiled('domain/time.js');
  /** @type {{ cuts: { at: string, states: State[] }[] }} */
  const { cuts } = JSON.parse(readFileSync(join(corpus, 'seeds', 'expected-states.json'), 'utf8'));
  const notes = [];
  let states = 0;
  for (const { at, states: expected } of cuts) {
    for (const state of expected) {
      states += 1;
      const found = await stateOf(known, state, parseInstant(at), { facetLabel, statusOf });
      const wrong = differences(state, found);
      if (wrong.length > 0)
        notes.push(`${at} ${state.subject} ${state.facet}: ${wrong.join(', ')}`);
    }
  }
  const right = states - notes.length;
  const row = {
    corpus: 'seeds, states over time',
    cases: `${states} states at ${cuts.length} moments`,
    measure: 'states as expected',
    found: `${right} of ${states}`,
    atLeast: 'all',
    isEnough: right === states,
  };
  return { rows: [row], notes };
}

/**
 * @param {any} known
 * @param {State} state
 * @param {string} at
 * @param {{ facetLabel: any, statusOf: any }} read
 */
async function stateOf(known, { subject, facet }, at, { facetLabel, statusOf }) {
  const nothing = { level: 'unknown', status: 'never_reported', flags: [] };
  if (known.subject(subject) === null) return nothing;
  const { claims } = await statusOf(known, subject, at);
  return claims.find((/** @type {any} */ claim) => facetLabel(claim) === facet) ?? nothing;
}

/**
 * @param {State} expected
 * @param {{ level: string, status: string, flags: readonly string[] }} found
 */
function differences(expected, found) {
  const wrong = [];
  if (found.level !== expected.level) wrong.push(`${found.level}, not ${expected.level}`);
  if (expected.status !== undefined && found.status !== expected.status) {
    wrong.push(`${found.status}, not ${expected.status}`);
  }
  const flags = expected.flags ?? found.flags;
  for (const flag of flags) if (!found.flags.includes(flag)) wrong.push(`no ${flag}`);
  for (const flag of STRICT) {
    if (found.flags.includes(flag) && !flags.includes(flag)) wrong.push(`has ${flag}`);
  }
  return wrong;
}
