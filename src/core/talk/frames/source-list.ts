import { parse } from 'tldts';
import type { Statement } from '../../../domain/evidence.ts';
import type { Range } from '../../text/characters.ts';
import { NOTHING_NAMED, quoteRange, statementOf } from '../document/clause.ts';
import { mentionsWithin, type TextAnalysis } from '../document/document.ts';
import type { Block, TextLink } from '../document/markup.ts';
import { argumentOf } from './coreference.ts';
import { frameStatements } from './statements.ts';

/** Whether a block is an entry of a list of sources: what it says is somebody else's headline. */
export function isSourceList(analysis: TextAnalysis, block: Block): boolean {
  const heading = block.under.at(-1);
  if (
    heading === undefined ||
    block.kind === 'heading' ||
    !analysis.lists['source-list.sources'].test(heading)
  )
    return false;
  return linkIn(analysis, block) !== undefined;
}

function linkIn(analysis: TextAnalysis, { start, end }: Range): TextLink | undefined {
  return analysis.masked.links.find((link) => link.start >= start && link.end <= end);
}

/**
 * What the entries of a source list say: relayed, never in the page's own voice. An entry that links to the vendor and
 * says nothing is there tells of a channel's silence; one that links to the page's own house is its own.
 */
export function sourceStatements(analysis: TextAnalysis, block: Block): readonly Statement[] {
  const link = linkIn(analysis, block);
  if (link === undefined) return [];
  const { outlet, headline } = partsOf(analysis, link);
  const sentence = { start: headline.start, end: headline.end };
  const said = frameStatements(analysis, sentence, NOTHING_NAMED);
  return [
    ...documented(analysis, headline, link, said),
    ...said.map((one) => relayed(one, outlet, link, analysis)),
  ];
}

/** An entry that links to the vendor's own page of a model shows that there is one. */
function documented(
  analysis: TextAnalysis,
  headline: Range,
  link: TextLink,
  framed: readonly Statement[],
): readonly Statement[] {
  const [named] = mentionsWithin(analysis, headline);
  const denies = framed.some(
    ({ claim, polarity }) => claim.subject === named?.subject && polarity === 'deny',
  );
  const isDocument = /\/models\//.test(link.address);
  if (named === undefined || denies || !isDocument || !isVendors(analysis, link)) return [];
  const said = { polarity: 'support', force: 'assert', evidentiality: 'link_to_primary' } as const;
  return [
    statementOf(
      argumentOf(named),
      { facet: 'documented', qualifiers: {} },
      {
        ...{ ...said, ...quoteRange(analysis, headline), rule: 'document.told' },
      },
    ),
  ];
}

function isVendors(analysis: TextAnalysis, link: TextLink): boolean {
  return analysis.context.lexicon.words.sites.has(hostOf(link.address));
}

/** "Outlet — Headline", "Headline | Outlet": the words of a link, without the outlet's name. */
function partsOf(
  analysis: TextAnalysis,
  { start, end, address }: TextLink,
): { outlet: string; headline: Range } {
  const text = analysis.masked.text.slice(start, end);
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

function relayed(
  statement: Statement,
  outlet: string,
  link: TextLink,
  analysis: TextAnalysis,
): Statement {
  const host = hostOf(link.address);
  if (isVendors(analysis, link)) {
    const silenceOf = statement.polarity === 'deny' ? parse(link.address).hostname : null;
    return { ...statement, silenceOf: silenceOf ?? statement.silenceOf };
  }
  if (host === analysis.context.publisher.domain) return statement;
  const isFirm = /^(?:assert|assert_partial|attributed)$/.test(statement.force);
  return { ...statement, force: isFirm ? 'relayed' : statement.force, relays: outlet || host };
}
