import type { fromMarkdown } from 'mdast-util-from-markdown';
import { type defaultHandlers, toHast } from 'mdast-util-to-hast';
import { expect, test } from 'vitest';
import { LIST_HANDLERS } from '../../../../src/core/document/list-items.ts';
import { blocksOfMarkdown } from '../../../../src/core/document/markdown.ts';

type Root = ReturnType<typeof fromMarkdown>;
type ListItem = Parameters<typeof defaultHandlers.listItem>[1];

/** How often the items of a list are asked whether they are loose: counted, because a clock also tells of other work. */
function questionsAsked(items: number): number {
  let asked = 0;
  const item = (): ListItem => ({
    type: 'listItem',
    get spread() {
      asked += 1;
      return false;
    },
    children: [{ type: 'paragraph', children: [{ type: 'text', value: 'a' }] }],
  });
  const tree: Root = {
    type: 'root',
    children: [{ type: 'list', children: Array.from({ length: items }, item) }],
  };
  toHast(tree, { handlers: LIST_HANDLERS });
  return asked;
}

test('twice the items of a list are asked twice as often whether they are loose, not four times', () => {
  expect(questionsAsked(100)).toBeGreaterThanOrEqual(100);
  expect(questionsAsked(200)).toBe(2 * questionsAsked(100));
});

test('the items of a list are loose together or tight together', () => {
  const texts = (source: string) => blocksOfMarkdown(source).map(({ kind, text }) => [kind, text]);
  expect(texts('- a\n- b\n')).toEqual(texts('- a\n\n- b\n'));
  expect(texts('- [x] a\n- b\n  - c\n').length).toBeGreaterThan(2);
});
