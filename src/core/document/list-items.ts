import { defaultHandlers, type Handlers } from 'mdast-util-to-hast';

type State = Parameters<typeof defaultHandlers.listItem>[0];
type ListItem = Parameters<typeof defaultHandlers.listItem>[1];
type List = Parameters<typeof defaultHandlers.list>[1];
type Parent = Parameters<typeof defaultHandlers.listItem>[2];

/** Whether a list is loose, found out once: the library asks it anew, of all its items, for each of them. */
const LOOSE = new WeakMap<List, boolean>();

/** The handler of list items, in time that grows with their number and not with its square. */
export const LIST_HANDLERS: Handlers = {
  listItem: (state: State, node: ListItem, parent: Parent) =>
    parent?.type === 'list'
      ? defaultHandlers.listItem(state, { ...node, spread: isLoose(parent) }, undefined)
      : defaultHandlers.listItem(state, node, parent),
};

function isLoose(list: List): boolean {
  const known = LOOSE.get(list);
  if (known !== undefined) return known;
  const loose = list.spread === true || list.children.some(isLooseItem);
  LOOSE.set(list, loose);
  return loose;
}

function isLooseItem({ spread, children }: ListItem): boolean {
  return spread ?? children.length > 1;
}
