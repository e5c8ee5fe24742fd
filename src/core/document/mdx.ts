import type { MdxFlowExpression, MdxTextExpression } from 'mdast-util-mdx-expression';
import type { MdxJsxAttribute, MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx-jsx';
import { defaultHandlers, type Handlers, type State, type toHast } from 'mdast-util-to-hast';
import { type Literal, literalIn } from './literal.ts';

/** Nodes of a page in the making. */
type Element = Extract<ReturnType<typeof toHast>, { type: 'element' }>;
type ElementContent = Element['children'][number];
type Properties = Element['properties'];
type Paragraph = Parameters<typeof defaultHandlers.paragraph>[1];
type JsxElement = MdxJsxFlowElement | MdxJsxTextElement;

type Row = readonly Literal[] | Readonly<Record<string, Literal>>;

/** Attributes of React by their names in HTML. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  className: 'className',
  colSpan: 'colSpan',
  rowSpan: 'rowSpan',
};
/** Attributes of a component that hold what its table is called and how its columns are. */
const CAPTION = ['caption', 'title', 'tier', 'name', 'label', 'heading'];
const COLUMNS = ['columns', 'headers', 'header', 'head', 'headings'];

/** How the nodes MDX adds to Markdown become the page they draw. */
export const MDX_HANDLERS: Handlers = {
  mdxJsxFlowElement: (state: State, node: JsxElement) => elementOf(state, node, 'div'),
  mdxJsxTextElement: (state: State, node: JsxElement) => elementOf(state, node, 'span'),
  mdxFlowExpression: (_state: State, node: MdxFlowExpression) => shownBy(node.value),
  mdxTextExpression: (_state: State, node: MdxTextExpression) => shownBy(node.value),
  paragraph: (state: State, node: Paragraph) =>
    isOnlyMarkup(node)
      ? (state.all(node) as ElementContent[])
      : defaultHandlers.paragraph(state, node),
};

/** Elements that share a line are no paragraph: cells of a row stand so. */
function isOnlyMarkup({ children }: Paragraph): boolean {
  const isMarkup = children.every(
    (child) =>
      child.type === 'mdxJsxTextElement' ||
      child.type === 'mdxTextExpression' ||
      (child.type === 'text' && child.value.trim() === ''),
  );
  return isMarkup && children.some(({ type }) => type === 'mdxJsxTextElement');
}

/** What an expression shows: a string is its text, and anything else is not known. */
function shownBy(source: string): ElementContent[] {
  const literal = literalIn(source);
  if (typeof literal !== 'string' && typeof literal !== 'number') return [];
  return [{ type: 'text', value: String(literal) }];
}

/** An element as it is; a component as a box around its children, and a table of the rows it is given. */
function elementOf(
  state: State,
  node: JsxElement,
  box: 'div' | 'span',
): ElementContent | ElementContent[] {
  const attributes = attributesOf(node);
  const children = state.all(node) as ElementContent[];
  const { name } = node;
  if (name === null) return children;
  if (!/^[A-Z]/.test(name) && !name.includes('.')) {
    return element(name, propertiesOf(attributes), children);
  }
  const tables = [...attributes.values()].flatMap((value) => tableOf(value, attributes));
  return element(box, propertiesOf(attributes), [...children, ...tables]);
}

function attributesOf({ attributes }: JsxElement): ReadonlyMap<string, Literal> {
  const named = attributes.filter((one): one is MdxJsxAttribute => one.type === 'mdxJsxAttribute');
  return new Map(named.map(({ name, value }) => [name, attributeValue(value)]));
}

function attributeValue(value: MdxJsxAttribute['value']): Literal {
  if (value === null || value === undefined) return true;
  return typeof value === 'string' ? value : literalIn(value.value);
}

/** The attributes that decide what is seen and where a link leads; an object of styles is written as style. */
function propertiesOf(attributes: ReadonlyMap<string, Literal>): Properties {
  const properties: Properties = {};
  for (const [name, value] of attributes) {
    if (name === 'style') properties['style'] = styleOf(value);
    else if (name === 'hidden') properties['hidden'] = value !== false && value !== undefined;
    else if (typeof value === 'string' || typeof value === 'number')
      properties[ATTRIBUTES[name] ?? name] = value;
    else if (value === true) properties[ATTRIBUTES[name] ?? name] = '';
  }
  return properties;
}

function styleOf(value: Literal): string {
  if (typeof value === 'string') return value;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return '';
  return Object.entries(value)
    .map(
      ([name, set]) =>
        `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}:${String(set)}`,
    )
    .join(';');
}

/** Rows given to a component as a list of lists, or of objects whose names are the columns. */
function tableOf(value: Literal, attributes: ReadonlyMap<string, Literal>): Element[] {
  if (!Array.isArray(value)) return [];
  const rows = value.filter(isRow);
  if (rows.length === 0) return [];
  const objects = rows.filter((row) => !Array.isArray(row));
  const names = [...new Set(objects.flatMap((row) => Object.keys(row)))];
  const head = COLUMNS.map((name) => headOf(attributes.get(name))).find((found) => found !== null);
  const cells = rows.map((row) => cellsOf(row, names));
  const heading = head ?? (names.length > 0 ? names : []);
  const caption = CAPTION.map((name) => attributes.get(name)).find(
    (text) => typeof text === 'string',
  );
  return [
    element('table', { dataCaption: String(caption ?? '') }, [
      ...(heading.length > 0 ? [rowOf(heading, 'th')] : []),
      ...cells.map((row) => rowOf(row, 'td')),
    ]),
  ];
}

function cellsOf(row: Row, names: readonly string[]): readonly Literal[] {
  return isList(row) ? row : names.map((name) => row[name]);
}

function isList(row: Literal): row is readonly Literal[] {
  return Array.isArray(row);
}

function isRow(row: Literal): row is Row {
  return typeof row === 'object' && row !== null;
}

/** The names of columns, given as texts or as objects with a title. */
function headOf(value: Literal): readonly Literal[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const names = value.map((one: Literal) => {
    if (one === null || typeof one !== 'object' || Array.isArray(one)) return one;
    const named = one as Readonly<Record<string, Literal>>;
    return named['title'] ?? named['label'] ?? named['header'] ?? named['name'];
  });
  return names.every((name) => typeof name === 'string') ? names : null;
}

function rowOf(cells: readonly Literal[], name: 'th' | 'td'): Element {
  return element(
    'tr',
    {},
    cells.map((cell) => element(name, {}, textOf(cell))),
  );
}

function textOf(cell: Literal): ElementContent[] {
  const isShown = typeof cell === 'string' || typeof cell === 'number';
  return isShown ? [{ type: 'text', value: String(cell) }] : [];
}

function element(tagName: string, properties: Properties, children: ElementContent[]): Element {
  return { type: 'element', tagName, properties, children };
}
