import { parse } from 'tldts';
import type { Statement } from '../../../domain/evidence.ts';
import type { Block } from '../document/blocks.ts';
import { NOTHING_NAMED } from '../document/clause.ts';
import { mentionsWithin, type Scene } from '../document/document.ts';
import type { TextLink } from '../document/mask.ts';
import type { Range } from '../document/sentences.ts';
import { frameStatements } from '../frames/statements.ts';
import { quoteRange } from './quote.ts';

const SOURCES =
  /^(?:the )?(?:primary |secondary |our |key )?(?:sources?|references?|citations?|further reading|external links|links|bibliography|works cited|in the news|(?:press |media )?coverage|quellen|einzelnachweise|fuentes|referencias|fontes|referências|références|参考(?:资料|文献|リンク)?|来源|出典|ソース|출처|참고)\W*$/i;

/** Whether a block is an entry of a list of sources: what it says is somebody else's headline. */
export function isSourceList(scene: Scene, block: Block): boolean {
  const heading = block.under.at(-1);
  if (heading === undefined || block.kind === 'heading' || !SOURCES.test(heading)) return false;
  return linkIn(scene, block) !== undefined;
}

function linkIn(scene: Scene, { start, end }: Range): TextLink | undefined {
  return scene.masked.links.find((link) => link.start >= start && link.end <= end);
}

/**
 * What the entries of a source list say: relayed, never in the page's own voice. An entry that links to the vendor and
 * says nothing is there tells of a channel's silence; one that links to the page's own house is its own.
 */
export function sourceStatements(scene: Scene, block: Block): readonly Statement[] {
  const link = linkIn(scene, block);
  if (link === undefined) return [];
  const { outlet, headline } = partsOf(scene, link);
  const sentence = { start: headline.start, end: headline.end };
  const said = frameStatements(scene, sentence, NOTHING_NAMED);
  return [
    ...documented(scene, headline, link, said),
    ...said.map((one) => relayed(one, outlet, link, scene)),
  ];
}

/** An entry that links to the vendor's own page of a model shows that there is one. */
function documented(
  scene: Scene,
  headline: Range,
  link: TextLink,
  said: readonly Statement[],
): readonly Statement[] {
  const [named] = mentionsWithin(scene, headline);
  const denies = said.some(
    ({ claim, polarity }) => claim.subject === named?.subject && polarity === 'deny',
  );
  const isDocument = /\/models\//.test(link.address);
  if (named === undefined || denies || !isDocument || !isVendors(link)) return [];
  return [
    {
      claim: { subject: named.subject, facet: 'documented', qualifiers: {}, value: null },
      polarity: 'support',
      force: 'assert',
      evidentiality: 'link_to_primary',
      effective: null,
      validTime: null,
      ...quoteRange(scene, headline),
      relays: null,
      silenceOf: null,
      aliasClaimed: named.claimed,
      rule: 'document.link',
    },
  ];
}

function isVendors(link: TextLink): boolean {
  return /(?:^|\.)openai\.com$/.test(parse(link.address).hostname ?? '');
}

/** "Outlet — Headline", "Headline | Outlet": the words of a link, without the outlet's name. */
function partsOf(
  scene: Scene,
  { start, end, address }: TextLink,
): { outlet: string; headline: Range } {
  const text = scene.masked.text.slice(start, end);
  const front = /^(.{2,40}?)\s(?:—|–|-|:|\|)\s(?=\S)|^([^:—|]{2,30}):\s/.exec(text);
  if (front !== null) {
    const outlet = (front[1] ?? front[2] ?? '').trim();
    return { outlet, headline: { start: start + front[0].length, end } };
  }
  return { outlet: hostOf(address), headline: { start, end } };
}

function hostOf(address: string): string {
  return parse(address).domain ?? address;
}

function relayed(statement: Statement, outlet: string, link: TextLink, scene: Scene): Statement {
  const host = hostOf(link.address);
  if (isVendors(link)) {
    const silenceOf = statement.polarity === 'deny' ? parse(link.address).hostname : null;
    return { ...statement, silenceOf: silenceOf ?? statement.silenceOf };
  }
  if (host === scene.context.publisher.domain) return statement;
  const isFirm = /^(?:assert|assert_partial|attributed)$/.test(statement.force);
  return { ...statement, force: isFirm ? 'relayed' : statement.force, relays: outlet || host };
}
