import { load } from 'cheerio/slim';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { safeUrl } from '../../../../src/core/render/plain.ts';
import { textBody } from '../../../../src/core/render/text.ts';
import { discordBody, escapeMarkdown } from '../../../../src/deliver/channels/discord/discord.ts';
import { htmlBody } from '../../../../src/deliver/channels/email/html.ts';
import { ntfyBody } from '../../../../src/deliver/channels/ntfy/ntfy.ts';
import {
  escapeMrkdwn,
  SLACK_LIMITS,
  type SlackBlock,
  slackBody,
} from '../../../../src/deliver/channels/slack/blocks.ts';
import { teamsBody } from '../../../../src/deliver/channels/teams/teams.ts';
import { telegramHtml } from '../../../../src/deliver/channels/telegram/telegram.ts';
import { quoted } from '../../../../src/deliver/post.ts';
import type { Message } from '../../../../src/domain/alert.ts';
import { telegramFault } from '../../../support/chat-server.ts';
import { HOSTILE, makeMessage } from '../../../support/messages.ts';

const FRAGMENTS = [
  ...HOSTILE.split(' '),
  'http://evil.example/a|b',
  'https://user:pw@evil.example',
  '](http://evil.example)',
  '<http://evil.example|openai.com>',
  '&lt;!channel&gt;',
  '\\',
  '```',
  '\r\nBcc: x@example.org',
  '</p><script>',
  '" onload="x',
  '@\u{200b}everyone',
  '-->',
  '\u{2028}',
  '> quote',
  '- list',
  '# head',
];

const text = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...FRAGMENTS) },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
    ),
    { minLength: 1, maxLength: 8 },
  )
  .chain((parts) => fc.constantFrom('', ' ', '\n').map((glue) => parts.join(glue)));

const url = fc.oneof(
  text,
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  text.map((tail) => `https://evil.example/${tail}`),
  text.map((tail) => `https://evil.example/?q=${tail}#${tail}`),
  fc.constantFrom('javascript:alert(1)', 'data:text/html,<script>', 'tg://user?id=1', 'slack://x'),
);

/** A message in which everything that comes from outside is hostile. */
const message: fc.Arbitrary<Message> = fc
  .record({
    title: text,
    name: text,
    quote: text,
    link: url,
    publisher: text,
    item: text,
    said: text,
  })
  .map(({ title, name, quote, link, publisher, item, said }) => {
    const base = makeMessage();
    return makeMessage({
      title,
      name,
      moves: base.moves.map((move) => ({ ...move, facet: `announced@${said}` })),
      proofs: base.proofs.map((proof) => ({ ...proof, quote, url: link, publisher })),
      changes: base.changes.map((change) => ({
        ...change,
        title: item,
        url: link,
        parts: [
          { kind: 'same' as const, text: said },
          { kind: 'removed' as const, text: item },
          { kind: 'added' as const, text: quote },
        ],
      })),
      unchecked: [said],
      because: [said],
    });
  });

const WEB = /^https?:\/\//;

it('text from outside adds no element, attribute or link to the HTML of a mail', () => {
  const tags =
    'html head meta title style body div h1 h2 p ul li blockquote hr strong ins del a code'.split(
      ' ',
    );
  const attributes = new Set('lang charset name content style class href rel'.split(' '));
  fc.assert(
    fc.property(message, (hostile) => {
      const page = load(htmlBody(hostile));
      page('*').each((_, element) => {
        const attribs = page(element).attr() ?? {};
        expect(tags).toContain(page(element).prop('tagName')?.toLowerCase());
        for (const name of Object.keys(attribs)) expect(attributes).toContain(name);
        if ('href' in attribs) expect(attribs['href']).toMatch(WEB);
      });
      expect(page('a').length).toBeLessThanOrEqual(2);
    }),
  );
});

it('text from outside adds no line to a text, and no character that is not seen', () => {
  fc.assert(
    fc.property(message, (hostile) => {
      const body = textBody(hostile);
      const lines = body.split('\n');
      expect(body.replaceAll('\n', '')).not.toMatch(
        /[\p{Cc}\p{Cs}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{2028}]/u,
      );
      expect(lines.filter((line) => line === 'Levels')).toHaveLength(1);
      expect(lines.length).toBeLessThanOrEqual(textBody(makeMessage()).split('\n').length);
    }),
  );
});

it('text from outside makes no mention, link or markup in Slack', () => {
  fc.assert(
    fc.property(message, (hostile) => {
      const { text: fallback, blocks } = slackBody(hostile);
      expect(fallback).not.toMatch(/[<>]/);
      expect(blocks.length).toBeLessThanOrEqual(SLACK_LIMITS.blocks);
      for (const block of blocks) {
        if (block.type === 'header') {
          expect(block.text.text).not.toMatch(/[<>\n]/);
          continue;
        }
        for (const { text } of textsIn(block)) {
          const bare = text.replace(/<https?:\/\/[^\s<>|]+\|[^<>|\n]*>/g, '');
          expect(bare).not.toContain('<');
          expect(bare.replace(/^> /gm, '')).not.toContain('>');
          expect(bare).not.toMatch(/&(?!(amp|lt|gt);)/);
        }
      }
    }),
  );
});

it('text from outside opens no formatting in Slack', () => {
  fc.assert(
    fc.property(text, (hostile) => {
      const escaped = escapeMrkdwn(hostile);
      expect(escaped).not.toMatch(/[*~`](?!\u{200b})/u);
      const outside = escaped.replace(/(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])/g, '');
      expect(outside).not.toMatch(/_(?!\u{200b})/u);
    }),
  );
});

it('text from outside makes no mention, link or markup in Discord', () => {
  fc.assert(
    fc.property(message, (hostile) => {
      const [embed] = discordBody(hostile).embeds;
      expect(unescaped(embed.title)).not.toMatch(/[\\`*_~|<>#[\]()@:]/);
      const { description, fields } = embed;
      for (const text of [description, ...fields.flatMap(({ name, value }) => [name, value])]) {
        const linkless = text.replace(/(?<!\\)\[(?:\\.|[^\]\\])*\]\(https?:\/\/[^\s()\\]+\)/g, '');
        const bare = unescaped(linkless.replace(/(?<!\\)`[^`\n]*`/g, ''));
        expect(bare).not.toMatch(/[[\]()<@`|#!_\\]/);
        expect(bare.replace(/^> /gm, '')).not.toContain('>');
      }
    }),
  );
});

it('text from outside is itself again once Discord has read its escapes', () => {
  fc.assert(
    fc.property(text, (hostile) => {
      expect(escapeMarkdown(hostile).replace(/\\([!-/:-@[-`{-~])/g, '$1')).toBe(hostile);
    }),
  );
});

it('text from outside makes no tag, mention or command in Telegram', () => {
  fc.assert(
    fc.property(message, (hostile) => {
      const html = telegramHtml(hostile);
      expect(telegramFault(html)).toBeNull();
      for (const [, href = ''] of html.matchAll(/<a href="([^"]*)"/g)) expect(href).toMatch(WEB);
      const spoken = html.replace(/<code>[^<]*<\/code>/g, ' ').replace(/<[^>]*>/g, ' ');
      const bare = spoken.replace(/&#?\w+;/g, ' ');
      expect(bare).not.toMatch(/[@#/$]\w/);
      expect(bare).not.toMatch(/[\p{L}\p{N}]\.\p{L}{2}/u);
    }),
  );
});

it('text from outside stays text in Teams', () => {
  fc.assert(
    fc.property(message, (hostile) => {
      const { body } = teamsBody(hostile).attachments[0].content;
      for (const block of cardTexts(body)) {
        for (const run of block.inlines) {
          expect(run['type']).toBe('TextRun');
          const action = run['selectAction'] as { url: string } | undefined;
          if (action !== undefined) expect(action.url).toMatch(WEB);
        }
      }
    }),
  );
});

it('text from outside stays within one title, one message and one web address in ntfy', () => {
  fc.assert(
    fc.property(message, (hostile) => {
      const body = ntfyBody(hostile, 'launches');
      expect(body.topic).toBe('launches');
      expect(body.title).not.toMatch(/\p{Cc}/u);
      if (body.click !== undefined) expect(body.click).toMatch(WEB);
    }),
  );
});

it('text from outside adds no line to a log or to an error', () => {
  fc.assert(
    fc.property(text, (hostile) => {
      expect(quoted(hostile)).not.toMatch(/[\p{Cc}\u{2028}\u{2029}]/u);
      expect(quoted(hostile).length).toBeLessThan(170);
    }),
  );
});

it('an address from outside becomes a link only to the web, without a name before the host, and without a mark that ends a link', () => {
  fc.assert(
    fc.property(url, (address) => {
      const safe = safeUrl(address);
      if (safe === null) return;
      expect(safe).toMatch(/^https?:\/\/[^/@]+(\/|$)/);
      expect(safe).not.toMatch(/[\s|()[\]\\*`~<>"'^{}]/);
    }),
  );
});

it.each([
  ['https://openai.com/a_(b)?c=[d]', 'https://openai.com/a_%28b%29?c=%5Bd%5D'],
  ['https://openai.com@evil.example/', null],
  ['javascript:alert(1)', null],
  ['//openai.com', null],
  ['', null],
  ['https://оpenai.com/', 'https://xn--penai-iye.com/'],
])('an address from outside: %s becomes %s', (address, expected) => {
  expect(safeUrl(address)).toBe(expected);
});

/** The texts of a block of Slack. */
function textsIn(block: SlackBlock): readonly { text: string }[] {
  if (block.type === 'context') return block.elements;
  return block.type === 'section' ? [block.text] : [];
}

interface CardText {
  inlines: Record<string, unknown>[];
}

/** The rich texts of a card, wherever they stand; nothing else in it holds words. */
function cardTexts(elements: readonly unknown[]): readonly CardText[] {
  return (elements as Record<string, unknown>[]).flatMap((element) => {
    if (element['type'] === 'RichTextBlock') return [element as unknown as CardText];
    expect(element['type']).toMatch(/^(Container|ColumnSet|Column)$/);
    return cardTexts((element['items'] ?? element['columns']) as unknown[]);
  });
}

function unescaped(markdown: string): string {
  return markdown.replace(/\\[!-/:-@[-`{-~]/g, '');
}
