/** A node of a parsed page, as far as it is read here. */
export interface PageNode {
  type: string;
  name?: string;
  data?: string;
  attribs?: Readonly<Record<string, string>>;
  children?: readonly PageNode[];
}

/** Nesting deeper than this is an accident or an attack; nobody's text stands there. */
const DEEPEST = 250;

export function attributeOf(node: PageNode, name: string): string {
  return node.attribs?.[name] ?? '';
}

/** Every element below some nodes, parents before children, without any below `skip`. */
export function* elementsBelow(
  roots: readonly PageNode[],
  skip: (node: PageNode) => boolean = () => false,
): Generator<PageNode> {
  const stack: { node: PageNode; depth: number }[] = [];
  const push = (nodes: readonly PageNode[], depth: number) => {
    for (let index = nodes.length - 1; index >= 0; index--) {
      const node = nodes[index];
      if (node !== undefined) stack.push({ node, depth });
    }
  };
  push(roots, 0);
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    const { node, depth } = step;
    if (node.type === 'text' || node.type === 'comment' || skip(node)) continue;
    if (node.name !== undefined) yield node;
    if (depth < DEEPEST) push(node.children ?? [], depth + 1);
  }
}

/** The text below a node, white space made single spaces. */
export function nodeText(node: PageNode, skip: (node: PageNode) => boolean = () => false): string {
  const parts: string[] = [];
  gather(node, parts, 0, skip);
  return parts.join('').replaceAll(/\s+/g, ' ').trim();
}

function gather(
  node: PageNode,
  parts: string[],
  depth: number,
  skip: (node: PageNode) => boolean,
): void {
  if (node.type === 'text') parts.push(node.data ?? '');
  if (depth >= DEEPEST || skip(node)) return;
  for (const child of node.children ?? []) gather(child, parts, depth + 1, skip);
}
