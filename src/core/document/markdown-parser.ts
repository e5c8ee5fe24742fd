import { toHtml } from 'hast-util-to-html';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { mdxExpressionFromMarkdown } from 'mdast-util-mdx-expression';
import { mdxJsxFromMarkdown } from 'mdast-util-mdx-jsx';
import { toHast } from 'mdast-util-to-hast';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfm } from 'micromark-extension-gfm';
import { mdxExpression } from 'micromark-extension-mdx-expression';
import { mdxJsx } from 'micromark-extension-mdx-jsx';
import { mdxMd } from 'micromark-extension-mdx-md';
import { LIST_HANDLERS } from './list-items.ts';
import { MDX_HANDLERS } from './mdx.ts';

type Tree = ReturnType<typeof fromMarkdown>;
type PageElement = Extract<ReturnType<typeof toHast>, { type: 'element' }>;

export interface MarkdownReading {
  /** Keeps the line breaks of the source, as a text that was never meant as Markdown has them. */
  keepsLines?: boolean;
}

/** One tilde stands in ranges (`5~10`) more often than it strikes anything out. */
const GFM = gfm({ singleTilde: false });

export type MarkdownLanguage = 'markdown' | 'mdx';

/**
 * The pages of units that stand one behind another, read together; one page for all where something goes on from one to
 * the next. Throws where a source is no MDX.
 */
export function parsedPages(
  language: MarkdownLanguage,
  units: readonly string[],
  reading: MarkdownReading,
): readonly string[] {
  const source = units.join('');
  const tree = language === 'mdx' ? mdxTreeOf(source) : treeOf(source, reading);
  const cut = treesOf(tree, units) ?? [tree];
  return cut.map((one) => pageOf(one, reading));
}

/** Null where a block reaches into the next unit. */
function treesOf(tree: Tree, units: readonly string[]): readonly Tree[] | null {
  const trees: Tree[] = [];
  let next = 0;
  let end = 0;
  for (const unit of units) {
    end += unit.length;
    const first = next;
    while ((tree.children[next]?.position?.start.offset ?? end) < end) next += 1;
    const children = tree.children.slice(first, next);
    if ((children.at(-1)?.position?.end.offset ?? 0) > end) return null;
    trees.push({ type: 'root', children });
  }
  return trees;
}

function pageOf(tree: Tree, reading: MarkdownReading): string {
  const page = toHast(tree, {
    allowDangerousHtml: true,
    footnoteLabel: 'Footnotes',
    footnoteLabelProperties: {},
    handlers: {
      ...LIST_HANDLERS,
      ...MDX_HANDLERS,
      ...(reading.keepsLines === true && { text: textWithLines }),
    },
  });
  return toHtml(page, { allowDangerousHtml: true });
}

function treeOf(source: string, { keepsLines = false }: MarkdownReading): Tree {
  return fromMarkdown(source, {
    extensions: [
      GFM,
      frontmatter(['yaml', 'toml']),
      // A text that is only indented is no sample.
      ...(keepsLines ? [{ disable: { null: ['codeIndented'] } }] : []),
    ],
    mdastExtensions: [gfmFromMarkdown(), frontmatterFromMarkdown(['yaml', 'toml'])],
  });
}

/** Throws where the source is no MDX. */
function mdxTreeOf(source: string): Tree {
  return fromMarkdown(source, {
    extensions: [GFM, frontmatter(['yaml', 'toml']), mdxJsx(), mdxExpression(), mdxMd()],
    mdastExtensions: [
      gfmFromMarkdown(),
      frontmatterFromMarkdown(['yaml', 'toml']),
      mdxJsxFromMarkdown(),
      mdxExpressionFromMarkdown(),
    ],
  });
}

/** The handler of text that keeps its line breaks. */
function textWithLines(_state: unknown, node: { value: string }): PageElement['children'] {
  const lines = node.value.split('\n');
  return lines.flatMap((line, at): PageElement['children'] => {
    const text: PageElement['children'][number] = { type: 'text', value: line };
    const br: PageElement = { type: 'element', tagName: 'br', properties: {}, children: [] };
    return at === 0 ? [text] : [br, text];
  });
}
