import { type Expression, type Property, parseExpressionAt, type SpreadElement } from 'acorn';

/** A value that stands in the source itself; undefined for what only running it would tell. */
export type Literal =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Literal[]
  | { readonly [name: string]: Literal };

/** Sources longer than this hold programs, not rows. */
const LONGEST = 500_000;
const DEEPEST = 30;

/** The value of an expression as far as it is written out: `[["gpt-5.4", 2.5, null]]`. Nothing is run. */
export function literalIn(source: string): Literal {
  const text = source.trim();
  if (text === '' || text.length > LONGEST || text.startsWith('/*')) return undefined;
  try {
    return literalOf(parseExpressionAt(text, 0, { ecmaVersion: 'latest' }), 0);
  } catch {
    // Not an expression, or one nested beyond what anybody writes.
    return undefined;
  }
}

function literalOf(node: Expression | SpreadElement, depth: number): Literal {
  if (depth > DEEPEST) return undefined;
  switch (node.type) {
    case 'Literal':
      return scalar(node.value);
    case 'TemplateLiteral':
      return node.expressions.length === 0
        ? (node.quasis[0]?.value.cooked ?? undefined)
        : undefined;
    case 'UnaryExpression': {
      const value = literalOf(node.argument, depth + 1);
      return node.operator === '-' && typeof value === 'number' ? -value : undefined;
    }
    case 'ArrayExpression':
      return node.elements.map((one) => (one === null ? undefined : literalOf(one, depth + 1)));
    case 'ObjectExpression':
      return Object.fromEntries(node.properties.flatMap((property) => entryOf(property, depth)));
    case 'ParenthesizedExpression':
      return literalOf(node.expression, depth + 1);
    default:
      return undefined;
  }
}

function scalar(value: unknown): Literal {
  const isPlain =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isPlain || value === null ? (value as Literal) : undefined;
}

function entryOf(property: Property | SpreadElement, depth: number): [string, Literal][] {
  if (property.type !== 'Property' || property.computed) return [];
  const { key, value } = property;
  if (key.type === 'Identifier') return [[key.name, literalOf(value, depth + 1)]];
  return key.type === 'Literal' ? [[String(key.value), literalOf(value, depth + 1)]] : [];
}
