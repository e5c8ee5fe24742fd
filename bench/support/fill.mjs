import { compiled } from './project.mjs';

/** Fills a record with subjects that many pages speak of, as a few years of watching would. */
export async function fillRecord(db, { subjects, evidencePerSubject }) {
  const { openStore } = await compiled('store/open.js');
  const { makeClaim } = await compiled('core/claims/claim-key.js');
  const { idOf, targetId } = await compiled('domain/ids.js');
  const { instantOf } = await compiled('domain/time.js');
  const store = await openStore({ url: db });
  const facets = ['announced', 'released', 'api_listed', 'priced', 'capability'];
  const start = Date.parse('2025-01-01T00:00:00Z');
  for (let s = 0; s < subjects; s += 1) {
    const subject = s === 0 ? 'gpt-image-2' : `bench-model-${s}`;
    const claims = facets.map((facet) =>
      makeClaim({ subject, facet, qualifiers: {}, value: null }),
    );
    await store.write(async (tx) => {
      const at = instantOf(start);
      await tx.claims.add(claims, at);
      await tx.claims.addEvidence(
        Array.from({ length: evidencePerSubject }, (_, e) =>
          evidenceOf(claims[e % claims.length], s, e, { idOf, targetId, instantOf, start }),
        ),
      );
    });
  }
  await store.close();
}

function evidenceOf(claim, s, e, { idOf, targetId, instantOf, start }) {
  const url = `https://outlet-${e % 40}.example/${s}/${e}`;
  const observedAt = instantOf(start + (s * 500 + e) * 60_000);
  return {
    id: idOf('ev', claim.key, url, observedAt),
    claim: claim.key,
    subject: claim.subject,
    target: targetId('reports', url),
    item: idOf('iv', url, observedAt),
    snapshot: idOf('sn', url, observedAt),
    url,
    publisher: `outlet-${e % 40}.example`,
    publisherClass: 'S3',
    group: `outlet-${e % 40}.example`,
    sourceKind: 'report',
    artefact: null,
    extractor: 'reports@1',
    observedAt,
    knownAt: observedAt,
    supersededAt: null,
    baseline: false,
    polarity: e % 7 === 0 ? 'deny' : 'support',
    force: e % 3 === 0 ? 'hedge' : 'assert',
    evidentiality: 'none',
    effective: null,
    validTime: null,
    quote: 'The model is out, or so the page says in a sentence of usual length.',
    span: [120, 188],
    relays: null,
    silenceOf: null,
    aliasClaimed: false,
  };
}
