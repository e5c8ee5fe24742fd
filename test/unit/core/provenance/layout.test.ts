import { expect, it } from 'vitest';
import { layoutOf } from '../../../../src/core/provenance/layout.ts';

const OPENING =
  'I run a bot that draws birthday cards, so people keep asking me when the next engine arrives and what it will cost.';
const CLOSING =
  'Nothing of this is certain, and I would not promise a customer anything that has no date in the calendar.';

it('the layout of a page tells headings, prose and template lines apart in a text without any marks', () => {
  const text = `The long wait - Bot Blog
☕ 5 min read • Updated Apr 21, 2026
${OPENING}
Where things stand
${CLOSING}
🕒 Published:
Penned by Ada Quill
Ada studies planning and holds a degree in linguistics.
More from this desk →
Up to the first line`;
  expect(layoutOf(text, 'The long wait')).toEqual({
    prose: [OPENING, CLOSING, 'Ada studies planning and holds a degree in linguistics.'],
    sections: [{ title: 'Where things stand', opener: CLOSING }],
    template: [
      '☕ 5 min read • Updated Apr 21, 2026',
      '🕒 Published:',
      'Penned by Ada Quill',
      'More from this desk →',
      'Up to the first line',
    ],
    biography: 'Ada studies planning and holds a degree in linguistics.',
  });
});

it('the layout of a page follows marked headings and leaves quotations, tables and addresses out', () => {
  const text = `# The long wait

${OPENING}

## Where things stand

> Somebody else said this, and said it at some length, so that it reads as prose.

| Route | State |

- a [short entry](https://example.org/x)

A short line

${CLOSING}`;
  expect(layoutOf(text, 'The long wait')).toEqual({
    prose: [OPENING, 'a short entry', 'A short line', CLOSING],
    sections: [{ title: 'Where things stand', opener: 'a short entry' }],
    template: [],
    biography: '',
  });
});

it('the layout of a page takes no first paragraph for a biography, and no byline above it for the box of an author', () => {
  const text = `By Ada Quill\n${OPENING}\n${CLOSING}\n${OPENING}`;
  expect(layoutOf(text, 'The long wait').biography).toBe('');
});

it('the layout of a page takes everything for template text where nothing is prose', () => {
  const { prose, template } = layoutOf('Home\nBlog\nAbout', 'A page');
  expect({ prose, template }).toEqual({ prose: [], template: ['Home', 'Blog', 'About'] });
});
