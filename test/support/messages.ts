import type { Alert, Delivery, Message } from '../../src/domain/alert.ts';
import {
  type AlertId,
  type ChangeId,
  idOf,
  type SnapshotId,
  type TransitionId,
} from '../../src/domain/ids.ts';

/** A launch as a message tells it: every part is there. */
export function makeMessage(over: Partial<Message> = {}): Message {
  return {
    alert: idOf('al', 'gpt-image-2', 'launch'),
    kind: 'level',
    at: '2026-04-21T19:10:42.000Z',
    thread: 'gpt-image-2@2026-04-21T19:10:42.000Z',
    title: 'Confirmed: GPT Image 2 released (was secondary)',
    subject: 'gpt-image-2',
    name: 'GPT Image 2',
    vendor: 'openai',
    moves: [
      {
        transition: 'tr_0000000000000000aaaa' as TransitionId,
        facet: 'released',
        from: 'secondary',
        to: 'confirmed',
        status: 'in_effect',
      },
      {
        transition: 'tr_0000000000000000aaab' as TransitionId,
        facet: 'announced@2026-04-16',
        from: 'rumor',
        to: 'contradicted',
        status: 'contradicted',
      },
    ],
    proofs: [
      {
        quote: 'Images 2.0 is here & it draws "text" well.',
        url: 'https://openai.com/index/images-2?a=1&b=2',
        publisher: 'OpenAI',
        publisherClass: 'P1',
        observedAt: '2026-04-21T19:10:00.000Z',
        snapshot: 'sn_0000000000000000bbbb' as SnapshotId,
      },
    ],
    changes: [
      {
        change: 'ch_0000000000000000cccc' as ChangeId,
        kind: 'revised',
        title: 'Models overview',
        url: 'https://developers.openai.com/api/docs/models',
        watcher: 'openai-model-index',
        parts: [
          { kind: 'same', text: 'The newest image model is ' },
          { kind: 'removed', text: 'gpt-image-1.5' },
          { kind: 'added', text: 'gpt-image-2' },
          { kind: 'same', text: ' and it is in the API.' },
        ],
      },
    ],
    unchecked: ['The help centre did not answer at 2026-04-21 19:05 UTC (timeout).'],
    because: ['A page of the vendor states it.'],
    entries: [],
    ...over,
  };
}

export function makeAlert(over: Partial<Message> = {}): Alert {
  const message = makeMessage(over);
  return {
    id: message.alert,
    kind: message.kind,
    subject: message.subject,
    at: message.at,
    transitions: message.moves.map((move) => move.transition),
    message,
    routing: null,
  };
}

/** Alert number `n` of a row of them, a minute apart, each of its own thread. */
export function nthAlert(n: number, over: Partial<Message> = {}): Alert {
  const at = new Date(Date.UTC(2026, 3, 21, 12, n)).toISOString();
  const alert = idOf('al', 'nth', n) satisfies AlertId;
  return makeAlert({ alert, at, thread: `nth-${n}@${at}`, title: `Alert number ${n}`, ...over });
}

export function makeDelivery(alert: Alert, over: Partial<Delivery> = {}): Delivery {
  const channel = over.channel ?? 'mail';
  return {
    id: idOf('dl', alert.id, channel),
    alert: alert.id,
    channel,
    state: 'queued',
    attempts: 0,
    dueAt: alert.at,
    digest: null,
    error: null,
    sentAt: null,
    receipt: null,
    ...over,
  };
}

/** Text no channel may take at its word. */
export const HOSTILE = [
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '<!channel> <!here> <@U012AB3CD> <http://evil.example|openai.com> <!date^0^{date}|x>',
  '@everyone @here <@&1234> <@1234> [openai.com](http://evil.example) ||spoiler|| ```js\ncode```',
  '*bold* _it_ ~gone~ `code` > quote # head - list 1. one',
  'Subject\r\nBcc: victim@example.org\r\n\r\nbody',
  '\u{202e}txet desrever\u{2066} \u{200b}zero\u{feff} \u{0}\u{1b}[31mred\u{7} \u{2028}line',
  '{"text":"<!channel>"}\n{"level":"fatal"}',
  '<b>x</b><a href="tg://user?id=1">y</a> @victim &lt;script&gt; &#60;',
  'javascript:alert(1)//"onclick="x',
  '\ud800 half a pair',
].join(' ');
