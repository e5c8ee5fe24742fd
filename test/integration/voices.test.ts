import { beforeEach, describe, expect, it } from 'vitest';
import { pageOrigin } from '../../src/core/provenance/origin-fields.ts';
import { judgeSubject } from '../../src/core/verdict/judge.ts';
import { DEFAULT_POLICY } from '../../src/core/verdict/policy.ts';
import type { ItemVersion } from '../../src/domain/item.ts';
import type { Publisher } from '../../src/domain/publisher.ts';
import type { PageSource } from '../../src/pipeline/context.ts';
import { joinVoices, talkPages } from '../../src/pipeline/group-sources.ts';
import type { Store } from '../../src/store/store.ts';
import { makeCase, makeEvidence } from '../support/make.ts';
import { memoryStore } from '../support/store.ts';
import { claimOn, makeCapture, makeTarget, makeVersion, minute } from '../support/store-makers.ts';
import { talkItem } from '../support/talk-pages.ts';

const SUBJECT = 'gpt-image-2';

function publisherOf(url: string): Publisher {
  const domain = new URL(url).host;
  const isVendor = domain.startsWith('vendor');
  return {
    domain,
    name: domain,
    class: isVendor ? 'P1' : 'S3',
    group: domain,
    vendor: isVendor ? 'vendor' : null,
  };
}

const originOf = async (page: PageSource) => pageOrigin(page);
const context = { reader: { publisherOf, originOf } } as unknown as Parameters<
  typeof joinVoices
>[0];

function prose(seed: string, sentences = 6): string {
  return Array.from({ length: sentences }, (_, at) =>
    Array.from({ length: 18 }, (__, word) => `${seed}${at}word${word}`).join(' '),
  ).join('.\n');
}

const inTemplate = (text: string, about: string) => `☕ One coffee long · 410 words
${text}.
Penned by Ada Quill
${about}
More from this desk →
Shelved under: Bots | Pictures
Up to the first line`;

describe('a page that is read', () => {
  let store: Store;

  beforeEach(async () => {
    store = await memoryStore();
  });

  /** Writes a page and what it says, as the line would, and returns the subjects to judge again. */
  async function read(
    host: string,
    text: string,
    at: number,
    { subject = SUBJECT, markup = '' } = {},
  ) {
    const target = makeTarget(`${host}/${at}`);
    const claim = claimOn(subject);
    const url = `https://${host}/${at}`;
    return store.write(async (tx) => {
      await tx.targets.register([target], minute(0));
      const { id: snapshot } = await tx.snapshots.keep(target.id, makeCapture(text));
      const item = talkItem(url, 'A title nobody else has', text);
      const version: ItemVersion = makeVersion(target, snapshot, url, {
        item,
        mentions: [subject],
      });
      await tx.items.apply({ added: [version], ended: [], changes: [] });
      await tx.claims.add([claim], minute(0));
      const said = { target: target.id, snapshot, item: version.id, url, group: host };
      await tx.claims.addEvidence([
        makeEvidence(claim, {
          ...said,
          publisher: host,
          observedAt: minute(at),
          knownAt: minute(at),
        }),
      ]);
      const diff = { added: [version], ended: [], changes: [], after: new Map() };
      const capture = { ...makeCapture(markup, { contentType: 'text/html' }), finalUrl: url };
      return joinVoices(context, tx, await talkPages(context, capture, { diff }), minute(at));
    });
  }

  async function stateAt(at: number) {
    const { claims, evidence, edges } = await store.claims.record(SUBJECT, minute(at));
    const [verdict] = judgeSubject(
      makeCase(claims, evidence, { edges }),
      minute(at),
      DEFAULT_POLICY,
    ).filter(({ claim }) => claim.facet === 'announced');
    return { level: verdict?.level, ...verdict?.voices };
  }

  it('a page that is read from an unrelated site is a second voice', async () => {
    await read('a.example', prose('a'), 1);
    expect(await read('b.example', prose('b'), 2)).toEqual([]);
    expect(await stateAt(3)).toEqual({ level: 'secondary', pages: 2, groups: 2 });
  });

  it('a page that is read from the same house is no second voice, and what two of its sites say elsewhere is judged again', async () => {
    await read('bots.example', prose('x'), 1, { subject: 'gpt-5.5' });
    await read('agents.example', prose('y'), 2, { subject: 'gpt-5.5' });
    await read('bots.example', inTemplate(prose('a'), 'Ada has built chat bots for florists.'), 3);
    const moved = await read(
      'agents.example',
      inTemplate(prose('b'), 'Doctor Quill studies planning and linguistics.'),
      4,
    );
    expect(moved).toEqual(['gpt-5.5', SUBJECT]);
    expect(await stateAt(5)).toEqual({ level: 'rumor', pages: 2, groups: 1 });
  });

  it('a page that is read is known by what its markup shows around the text, also to pages that come later', async () => {
    const around = (text: string, about: string) => `<html><body><p>☕ One coffee long · 4 words</p>
      <article>${text.replaceAll('\n', '<br>')}</article>
      <div class="author-box"><p>Penned by Ada Quill</p><p>${about}</p></div>
      <footer><p>Shelved under: Bots | Pictures</p><p>Up to the first line</p></footer></body></html>`;
    const builder = around(prose('a'), 'Ada has built chat bots for florists.');
    const scholar = around(prose('b'), 'Doctor Quill studies planning and linguistics.');
    await read('bots.example', prose('a'), 1, { markup: builder });
    await read('agents.example', prose('b'), 2, { markup: scholar });
    expect(await stateAt(3)).toEqual({ level: 'rumor', pages: 2, groups: 1 });
  });

  it('a page that is read as a copy is no second voice, and which is the copy is not guessed', async () => {
    await read('a.example', prose('a'), 1);
    expect(await read('b.example', `${prose('a')}.\n${prose('own', 1)}`, 2)).toEqual([SUBJECT]);
    expect(await stateAt(3)).toEqual({ level: 'rumor', pages: 2, groups: 1 });
    await read('b.example', prose('other'), 4);
    expect(await stateAt(5)).toEqual({ level: 'rumor', pages: 3, groups: 1 });
    await read('a.example', prose('another'), 6);
    expect(await stateAt(7)).toEqual({ level: 'secondary', pages: 4, groups: 2 });
    // What was known before stays as it was.
    expect(await stateAt(3)).toEqual({ level: 'rumor', pages: 2, groups: 1 });
  });

  it('a page that is read that names another as its source is no second voice, until its site has a page of its own', async () => {
    await read('a.example', prose('a'), 1);
    await read('b.example', `${prose('b')}\nSource: https://a.example/1`, 2);
    expect(await stateAt(3)).toEqual({ level: 'rumor', pages: 2, groups: 1 });
    await read('b.example', prose('other'), 4);
    expect(await stateAt(5)).toEqual({ level: 'secondary', pages: 3, groups: 2 });
  });

  it('a page that is read with the same source as another is one voice with it, though the source was never captured', async () => {
    const source = 'Source: https://wire.example/report';
    await read('a.example', `${prose('a')}\n${source}`, 1);
    await read('b.example', `${prose('b')}\n${source}`, 2);
    expect(await stateAt(3)).toEqual({ level: 'rumor', pages: 2, groups: 1 });
  });

  it('a page that is read with the vendor as its source keeps its voice', async () => {
    const source = 'Source: https://vendor.example/news';
    await read('a.example', `${prose('a')}\n${source}`, 1);
    await read('b.example', `${prose('b')}\n${source}`, 2);
    expect(await stateAt(3)).toEqual({ level: 'secondary', pages: 2, groups: 2 });
  });

  it('a page that is read of a vendor is not compared', async () => {
    await read('a.example', prose('a'), 1);
    expect(await read('vendor.example', prose('a'), 2)).toEqual([]);
    expect(await store.voices.groups()).toBe(1);
  });
});
