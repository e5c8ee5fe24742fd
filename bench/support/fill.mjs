import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { compiled } from './project.mjs';

const START = Date.parse('2025-01-01T00:00:00Z');
const QUOTE = 'The model is out, or so the page says in a sentence of usual length.';
const FACETS = ['announced', 'released', 'api_listed', 'priced', 'capability'];

/**
 * Fills a database with subjects that many pages speak of, as a few years of watching would. Of `claims` a subject has
 * those of each facet, and beyond them dated ones; `copies` puts that many further pieces beside each, in the file.
 */
export async function fillRecord(db, { subjects, evidencePerSubject, claims = 5, copies = 0 }) {
  const { openStore } = await compiled('store/open.js');
  const parts = {
    ...(await compiled('core/claims/to-evidence.js')),
    ...(await compiled('domain/ids.js')),
    ...(await compiled('domain/time.js')),
  };
  const store = await openStore({ url: db });
  for (let index = 0; index < subjects; index += 1) {
    await fillSubject(store, parts, index, evidencePerSubject, claims);
  }
  await store.close();
  if (copies > 0) copyEvidence(db, copies);
}

/** The same pieces again, as other pages of other days: a million of them by hand would take minutes. */
function copyEvidence(db, copies) {
  const database = new Database(db);
  const columns = database.pragma('table_info(evidence)').map(({ name }) => name);
  const changed = {
    id: "id || '-' || copy.number",
    url: "url || '-' || copy.number",
    observed_at: "strftime('%Y-%m-%dT%H:%M:%S.000Z', observed_at, '+' || copy.number || ' hours')",
    known_at: "strftime('%Y-%m-%dT%H:%M:%S.000Z', known_at, '+' || copy.number || ' hours')",
  };
  const values = columns.map((name) => changed[name] ?? name).join(', ');
  database
    .prepare(
      `with recursive copy(number) as (select 1 union all select number + 1 from copy where number < ?)
       insert into evidence (${columns.join(', ')}) select ${values} from evidence, copy`,
    )
    .run(copies);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

function claimsOf(subject, count, makeClaim) {
  return Array.from({ length: count }, (_, index) => {
    const facet = FACETS[index % FACETS.length];
    const day = String(Math.floor(index / FACETS.length)).padStart(2, '0');
    return makeClaim({
      subject,
      facet,
      qualifiers: {},
      value: day === '00' ? null : `2025-01-${day}`,
    });
  });
}

async function fillSubject(store, parts, index, pieces, count) {
  const { makeClaim, targetId, idOf, instantOf } = parts;
  const subject = index === 0 ? 'gpt-image-2' : `bench-model-${index}`;
  const url = `https://outlet.example/${subject}`;
  const at = instantOf(START + index * 60_000);
  const target = {
    id: targetId('reports', url),
    watcher: 'reports',
    kind: 'report',
    url,
    subject: null,
  };
  const claims = claimsOf(subject, count, makeClaim);
  await store.targets.register([target], at);
  const snapshot = await store.snapshots.keep(target.id, captureOf(url, at));
  const version = {
    id: idOf('iv', target.id, at),
    target: target.id,
    item: {
      key: url,
      kind: 'page',
      title: subject,
      text: `${'What is said of it. '.repeat(6)}${QUOTE}`,
      url,
      published: null,
      fields: {},
    },
    snapshot: snapshot.id,
    mentions: [subject],
    firstSeenAt: at,
    supersededAt: null,
  };
  const evidence = Array.from({ length: pieces }, (_, piece) =>
    evidenceOf(claims[piece % claims.length], piece, version, parts),
  );
  await store.write(async (tx) => {
    await tx.items.apply({ added: [version], ended: [], changes: [] });
    await tx.claims.add(claims, at);
    await tx.claims.addEvidence(evidence);
  });
}

function captureOf(url, fetchedAt) {
  const body = Buffer.from(`page at ${url}`);
  const bodyHash = createHash('sha256').update(body).digest('hex');
  return {
    ...{ url, finalUrl: url, redirects: [url], status: 200, headers: {}, contentType: 'text/html' },
    ...{ body, bodyHash, fetchedAt, via: 'http' },
  };
}

function evidenceOf(claim, piece, version, { idOf, instantOf }) {
  const outlet = `outlet-${piece % 40}.example`;
  const observedAt = instantOf(START + piece * 3_600_000);
  return {
    id: idOf('ev', claim.key, version.id, piece),
    claim: claim.key,
    subject: claim.subject,
    target: version.target,
    item: version.id,
    snapshot: version.snapshot,
    url: `https://${outlet}/${claim.subject}/${piece}`,
    ...{ publisher: outlet, publisherClass: 'S3', group: outlet, sourceKind: 'report' },
    ...{ artefact: null, extractor: 'reports@1', observedAt, knownAt: observedAt },
    ...{ supersededAt: null, baseline: false, evidentiality: 'none', effective: null },
    polarity: piece % 7 === 0 ? 'deny' : 'support',
    force: piece % 3 === 0 ? 'hedge' : 'assert',
    validTime: null,
    quote: QUOTE,
    ...{ span: [120, 188], relays: null, silenceOf: null, aliasClaimed: false },
    ...{ rule: null, marks: [] },
  };
}
