import type { Alert, Delivery } from '../domain/alert.ts';
import type { Capture } from '../domain/capture.ts';
import type { Check } from '../domain/check.ts';
import type { Claim } from '../domain/claim.ts';
import type { Evidence, Retraction, Sighting } from '../domain/evidence.ts';
import type { Change, Item, ItemVersion } from '../domain/item.ts';
import type { Proposal } from '../domain/proposal.ts';
import type { Story } from '../domain/story.ts';
import type { Subject } from '../domain/subject.ts';
import type { TargetState } from '../domain/target.ts';
import type { StoredVerdict, Transition } from '../domain/verdict.ts';
import type { ScheduledWork, Worker } from '../domain/worker.ts';
import { columnsOf } from './columns.ts';

/** How each record lies in its table: the row types and the mappers between the two come from here. */

export const TARGET = columnsOf<Omit<TargetState, 'linkedFrom'>>()({
  id: 'plain',
  watcher: 'plain',
  kind: 'plain',
  url: 'plain',
  subject: 'plain',
  createdAt: 'plain',
  dueAt: 'plain',
  lastCheckAt: 'plain',
  lastGoodAt: 'plain',
  lastChangeAt: 'plain',
  baselineAt: 'plain',
  health: 'json',
  failures: 'plain',
  validators: 'json',
  fullAt: 'plain',
  readBy: 'plain',
  bodyHash: 'plain',
  itemCount: 'plain',
  suspectHash: 'plain',
  awaitsRepeat: 'flag',
});

export const SUBJECT = columnsOf<Subject>()({
  id: 'plain',
  vendor: 'plain',
  kind: 'plain',
  name: 'text',
  aliases: 'json',
  controls: 'json',
  moving: 'flag',
  status: 'plain',
  discovered: 'json',
});

export const CLAIM = columnsOf<Claim>()({
  key: 'plain',
  subject: 'plain',
  facet: 'plain',
  qualifiers: 'json',
  value: 'text',
  criterion: 'plain',
});

export const EVIDENCE = columnsOf<Omit<Evidence, 'marks'>>()(
  {
    id: 'plain',
    claim: 'plain',
    subject: 'plain',
    target: 'plain',
    item: 'plain',
    snapshot: 'plain',
    url: 'text',
    publisher: 'plain',
    publisherClass: 'plain',
    group: 'plain',
    sourceKind: 'plain',
    artefact: 'plain',
    extractor: 'plain',
    observedAt: 'plain',
    knownAt: 'plain',
    supersededAt: 'plain',
    baseline: 'flag',
    polarity: 'plain',
    force: 'plain',
    evidentiality: 'plain',
    effective: 'json',
    validTime: 'json',
    quote: 'text',
    span: 'json',
    relays: 'text',
    silenceOf: 'text',
    aliasClaimed: 'flag',
    rule: 'text',
  },
  { group: 'voice_group' },
);

export const SIGHTING = columnsOf<Sighting>()({
  id: 'plain',
  claim: 'plain',
  target: 'plain',
  at: 'plain',
  kind: 'plain',
  snapshot: 'plain',
});

export const RETRACTION = columnsOf<Retraction>()(
  { evidence: 'plain', at: 'plain', kind: 'plain', by: 'text', because: 'text' },
  { by: 'author' },
);

export const VERDICT = columnsOf<StoredVerdict>()({
  claim: 'plain',
  subject: 'plain',
  level: 'plain',
  status: 'plain',
  rule: 'plain',
  flags: 'json',
  since: 'plain',
  reconsiderAt: 'plain',
  judgedAt: 'plain',
  policy: 'plain',
  engine: 'plain',
  digest: 'plain',
});

export const TRANSITION = columnsOf<Omit<Transition, 'from' | 'to'>>()({
  id: 'plain',
  claim: 'plain',
  subject: 'plain',
  at: 'plain',
  rule: 'plain',
  evidence: 'json',
  quiet: 'flag',
  policy: 'plain',
});

export const CAPTURE = columnsOf<Omit<Capture, 'body'>>()({
  url: 'plain',
  finalUrl: 'plain',
  redirects: 'json',
  status: 'plain',
  headers: 'json',
  contentType: 'plain',
  bodyHash: 'plain',
  fetchedAt: 'plain',
  via: 'plain',
});

export const ITEM = columnsOf<Omit<Item, 'document'>>()({
  key: 'text',
  kind: 'plain',
  title: 'text',
  text: 'text',
  url: 'text',
  published: 'json',
  fields: 'json',
});

export const VERSION = columnsOf<Omit<ItemVersion, 'item'>>()({
  id: 'plain',
  target: 'plain',
  snapshot: 'plain',
  mentions: 'json',
  firstSeenAt: 'plain',
  supersededAt: 'plain',
});

export const CHANGE = columnsOf<Change>()({
  id: 'plain',
  target: 'plain',
  at: 'plain',
  kind: 'plain',
  key: 'text',
  title: 'text',
  before: 'plain',
  after: 'plain',
  snapshot: 'plain',
  technical: 'flag',
  baseline: 'flag',
});

export const CHECK = columnsOf<Omit<Check, 'shows'>>()({
  id: 'plain',
  target: 'plain',
  watcher: 'plain',
  at: 'plain',
  outcome: 'plain',
  failure: 'json',
  snapshot: 'plain',
});

export const ALERT = columnsOf<Alert>()({
  id: 'plain',
  kind: 'plain',
  subject: 'plain',
  at: 'plain',
  transitions: 'json',
  message: 'json',
  routing: 'json',
});

export const DELIVERY = columnsOf<Delivery>()({
  id: 'plain',
  alert: 'plain',
  channel: 'plain',
  state: 'plain',
  attempts: 'plain',
  dueAt: 'plain',
  digest: 'plain',
  error: 'text',
  sentAt: 'plain',
  receipt: 'text',
});

export const PROPOSAL = columnsOf<Proposal>()({
  id: 'plain',
  model: 'plain',
  prompt: 'plain',
  at: 'moment',
  outcome: 'plain',
  statements: 'json',
  tokens: 'plain',
});

export const STORY = columnsOf<Omit<Story, 'events'>>()({
  id: 'plain',
  kind: 'plain',
  vendor: 'plain',
  family: 'plain',
  title: 'text',
  subjects: 'json',
  thread: 'plain',
  openedAt: 'moment',
  updatedAt: 'moment',
  dueAt: 'plain',
});

export const WORKER = columnsOf<Worker>()({
  owner: 'plain',
  machine: 'text',
  version: 'plain',
  startedAt: 'moment',
  seenAt: 'moment',
  room: 'plain',
  checks: 'json',
});

export const SCHEDULED_WORK = columnsOf<ScheduledWork>()({
  name: 'plain',
  cadence: 'plain',
  dueAt: 'plain',
  lastAt: 'plain',
  error: 'text',
});
