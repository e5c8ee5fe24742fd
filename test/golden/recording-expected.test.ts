import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { loadRecording } from '../../src/config/recording.ts';
import type { Recording } from '../../src/domain/capture.ts';
import { facetLabel } from '../../src/domain/claim.ts';
import { FACETS } from '../../src/domain/facet.ts';
import { PUBLISHER_CLASSES } from '../../src/domain/publisher.ts';
import { type Instant, parseInstant } from '../../src/domain/time.ts';
import { type ClaimStatus, type ConfirmationLevel, FLAGS } from '../../src/domain/verdict.ts';
import { openTestLine, replayed } from '../support/open-line.ts';

/** After all that is recorded. */
const END = '2026-06-01T00:00:00.000Z';
const FOLDER = fileURLToPath(new URL('../../data/recordings/gpt-image-2-launch', import.meta.url));

const LEVELS = {
  unknown: ['denied', 'never_reported'],
  rumor: ['current', 'stale', 'expired'],
  secondary: ['current', 'stale', 'expired'],
  confirmed: ['in_effect', 'scheduled', 'due'],
  withdrawn: ['withdrawn'],
  contradicted: ['contradicted'],
} as const satisfies Record<ConfirmationLevel, readonly ClaimStatus[]>;

const Moment = z.string().transform((text, context): Instant => {
  const instant = parseInstant(text);
  if (instant === null) context.addIssue({ code: 'custom', message: `${text} is no time` });
  return instant ?? z.NEVER;
});

const State = z.strictObject({
  subject: z.string().min(1),
  facet: z.string().regex(new RegExp(`^(${FACETS.join('|')})(@[\\w.-]+)?(:[\\w.-]+)?$`)),
  level: z.enum(Object.keys(LEVELS) as ConfirmationLevel[]),
  status: z.string().optional(),
  flags: z.array(z.enum(FLAGS)).optional(),
});

const Expected = z.strictObject({
  version: z.literal(1),
  recording: z.string(),
  publishers: z.array(
    z.strictObject({
      host: z.string(),
      name: z.string(),
      class: z.enum(PUBLISHER_CLASSES),
    }),
  ),
  oneVoice: z.array(z.array(z.string()).min(2)),
  noSubject: z.array(z.string()),
  evidence: z.array(
    z.strictObject({
      host: z.string(),
      quote: z.string(),
      says: z.array(z.string()).min(1),
      because: z.string().min(10),
    }),
  ),
  quiet: z.array(z.strictObject({ from: Moment, to: Moment, because: z.string() })),
  cuts: z.array(z.strictObject({ at: Moment, because: z.string(), states: z.array(State).min(1) })),
});

let expected: z.output<typeof Expected>;
let recording: Recording;

beforeAll(async () => {
  expected = Expected.parse(parse(await readFile(`${FOLDER}/expected.yaml`, 'utf8')));
  recording = await loadRecording(FOLDER);
});

test('the expected states of the recorded launch belong to this recording', () => {
  expect(expected.recording).toBe(recording.name);
});

test('the expected states of the recorded launch stand at a dozen moments or more, one after the other, inside the recording', () => {
  const moments = expected.cuts.map(({ at }) => at);
  const first = recording.captures[0]?.at ?? '';
  // The last cut looks back on everything, within the hour after the last capture.
  const last = `${recording.captures.at(-1)?.at.slice(0, 11)}23:59:59.999Z`;
  expect(moments.length).toBeGreaterThanOrEqual(12);
  expect(moments).toEqual([...new Set(moments)].sort());
  expect(moments.filter((at) => at < first || at > last)).toEqual([]);
});

test('the expected states of the recorded launch never stand at the very moment of a capture, where the order would decide', () => {
  const taken = new Set(recording.captures.map(({ at }) => at));
  expect(expected.cuts.filter(({ at }) => taken.has(at))).toEqual([]);
});

test('the expected states of the recorded launch give each claim once a cut, with a status its level can have', () => {
  for (const { at, states } of expected.cuts) {
    const claims = states.map(({ subject, facet }) => `${subject} ${facet}`);
    expect(claims, at).toEqual([...new Set(claims)]);
    for (const { level, status } of states) {
      if (status !== undefined) expect(LEVELS[level], `${at} ${level}`).toContain(status);
    }
  }
});

test('the expected states of the recorded launch touch every level and the flags the story is about', () => {
  const states = expected.cuts.flatMap((cut) => cut.states);
  expect([...new Set(states.map(({ level }) => level))].sort()).toEqual(Object.keys(LEVELS).sort());
  expect([...new Set(states.flatMap(({ flags }) => flags ?? []))].sort()).toEqual([
    'date_conflict',
    'disputed',
    'primary_check_stale',
    'primary_gone_pending',
    'primary_partially_checked',
    'primary_silent',
    'primary_unreachable',
    'stale_denial',
  ]);
});

test('the expected states of the recorded launch say who every invented site is', () => {
  const hosts = recording.captures.map(({ url }) => new URL(url).hostname);
  const invented = new Set(hosts.filter((host) => host.endsWith('.example')));
  expect(expected.publishers.map(({ host }) => host).sort()).toEqual([...invented].sort());
  const known = new Set(expected.publishers.map(({ host }) => host));
  expect(expected.oneVoice.flat().filter((host) => !known.has(host))).toEqual([]);
});

test('the expected states of the recorded launch are quiet in stretches in which something was captured', () => {
  for (const { from, to } of expected.quiet) {
    const held = recording.captures.filter(({ at }) => at >= from && at <= to);
    expect(held.length, from).toBeGreaterThan(0);
  }
});

test('what others say in the recorded launch is all listed, with the reason why it is read so', async () => {
  const open = await openTestLine();
  await replayed(open, FOLDER);
  const found = new Set<string>();
  for (const { id } of open.known.subjects()) {
    const { claims, evidence } = await open.store.claims.record(id, END);
    const labels = new Map(claims.map((claim) => [claim.key as string, facetLabel(claim)]));
    for (const { url, quote, polarity, claim } of evidence) {
      const { host } = new URL(url);
      if (!host.endsWith('.example')) continue;
      const not = polarity === 'deny' ? 'not ' : '';
      found.add(JSON.stringify([host, quote, `${not}${id} ${labels.get(claim)}`]));
    }
  }
  await open.close();
  const listed = new Set(
    expected.evidence.flatMap(({ host, quote, says }) =>
      says.map((one) => JSON.stringify([host, quote, one])),
    ),
  );
  expect([...found].filter((one) => !listed.has(one))).toEqual([]);
  expect(found.size).toBeGreaterThan(40);
});
