import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blockOf } from '../../../../src/core/extract/blocked.ts';
import { processorTime } from '../../../support/processor-time.ts';

interface Sent {
  status?: number;
  headers?: Record<string, string>;
  contentType?: string;
  url?: string;
  finalUrl?: string;
}

function block(html: string | Uint8Array, sent: Sent = {}) {
  const url = sent.url ?? 'https://news.example/models';
  return blockOf({
    status: sent.status ?? 200,
    headers: sent.headers ?? {},
    contentType: sent.contentType ?? 'text/html; charset=utf-8',
    body: typeof html === 'string' ? new TextEncoder().encode(html) : html,
    url,
    finalUrl: sent.finalUrl ?? url,
  });
}

const PROSE = 'The laboratory described its new picture model in a long note to developers. ';
const page = (title: string, body: string, head = '') =>
  `<!doctype html><html><head><title>${title}</title>${head}</head><body>${body}</body></html>`;

it.each([
  [
    'an interstitial with its own machinery',
    page(
      'Just a moment...',
      '<noscript>Enable JavaScript and cookies to continue</noscript><script src="/cdn-cgi/challenge-platform/h/b/orchestrate.js"></script>',
    ),
    403,
  ],
  [
    'the same sent with 200',
    page(
      'Just a moment...',
      '<p>Verifying you are human. This may take a few seconds.</p><script src="/x/challenge-platform/a.js"></script>',
    ),
    200,
  ],
  [
    'a page that checks the browser, of no vendor in particular',
    page(
      'Security check',
      '<p>We are checking your browser before you go on. Please wait while we do.</p>',
    ),
    503,
  ],
  [
    'a page that only runs a bot detector',
    page('', '<div id="sec"></div><script src="/a/bot-detect.min.js"></script>'),
    202,
  ],
])('a check for robots is seen: %s', (_what, html, status) => {
  expect(block(html, { status })).toBe('challenge');
});

it('a check for robots is seen in a header alone', () => {
  expect(block('', { status: 403, headers: { 'cf-mitigated': 'challenge' } })).toBe('challenge');
  expect(block('', { status: 202, headers: { 'x-amzn-waf-action': 'challenge' } })).toBe(
    'challenge',
  );
  expect(block('', { status: 405, headers: { 'x-amzn-waf-action': 'captcha' } })).toBe('captcha');
});

it('a check for robots is a captcha when a person has to answer', () => {
  const widget = page(
    'Robot check',
    '<p>To continue, please confirm that you are not a robot.</p><form action="/verify"><div class="g-recaptcha"></div></form>',
  );
  expect(block(widget)).toBe('captcha');
  const letters = page(
    'Sorry',
    '<p>Type the characters you see in this image.</p><form><img src="/captcha/1.png"><input name="c"></form>',
  );
  expect(block(letters, { status: 503 })).toBe('captcha');
});

it('a check for robots is a refusal when nothing can be passed', () => {
  const denied = page(
    'Access Denied',
    '<h1>Access Denied</h1><p>You do not have permission to view this page.</p>',
  );
  expect(block(denied, { status: 403 })).toBe('refused');
  expect(block(denied)).toBe('refused');
  expect(block('{"error":"forbidden"}', { status: 403, contentType: 'application/json' })).toBe(
    'refused',
  );
});

it('other walls are seen where a short page asks for a password', () => {
  const login = page(
    'Welcome back',
    '<h1>Sign in to read on</h1><form><input name=u><input type=password></form>',
  );
  expect(block(login)).toBe('login');
  expect(block('', { status: 401, contentType: '' })).toBe('login');
});

it('other walls are seen where a redirect leads to a place to sign in or to consent', () => {
  const long = page('Sign in', `<p>${PROSE.repeat(90)}</p>`);
  expect(block(long, { finalUrl: 'https://news.example/login?next=/models' })).toBe('login');
  expect(block(long, { finalUrl: 'https://consent.example/collect?to=x' })).toBe('consent');
  expect(block(long, { finalUrl: 'https://news.example/models/login-security' })).toBeNull();
});

it('other walls are seen where nearly all of a page is about consent', () => {
  const wall = page(
    'Before you continue',
    `<h1>Before you continue to News Example</h1>
       <p>We and our 812 partners store cookies to measure tracking and advertising.</p>
       <p>If you accept, we use your personal data for more; see our privacy notice on consent.</p>
       <button>Reject all</button><button>Accept all</button><a>More options</a>`,
  );
  expect(block(wall)).toBe('consent');
});

it('other walls are seen where a script would draw the page', () => {
  const mount = page(
    'App',
    '<div id="root"></div><script type="module" src="/assets/index.js"></script>',
  );
  expect(block(mount)).toBe('script-shell');
  const note = page(
    'Docs',
    '<noscript>You need to enable JavaScript to run this app.</noscript><p>Loading</p><script src=a.js></script>',
  );
  expect(block(note)).toBe('script-shell');
  expect(block(page('', '<app-root></app-root><script src="main.js"></script>'))).toBe(
    'script-shell',
  );
});

it('a page that can be read is no wall when it talks about captchas, login and cookies at length', () => {
  const article = page(
    'Are you a robot? The story of the captcha',
    `<p>${'You know them: just a moment, checking your browser, verify you are human. '.repeat(40)}</p>
       <script src="https://x.example/recaptcha/api.js"></script>`,
  );
  expect(block(article)).toBeNull();
});

it('a page that can be read is no wall when it is a short article about them', () => {
  const note = page(
    'Captchas are back',
    '<article><h1>Captchas are back</h1><p>Sites ask “are you a robot” again. I’m not a robot boxes everywhere.</p></article><div class="g-recaptcha"></div>',
  );
  expect(block(note)).toBeNull();
  const tagged = page(
    'Captchas',
    '<p>are you a robot</p>',
    '<meta property="og:type" content="article">',
  );
  expect(block(tagged)).toBeNull();
});

it.each([
  [
    'a help page on captchas',
    'Why am I asked to verify you are human?',
    'Before you sign in we may show a captcha. It is a security check that keeps automated requests away from your account. Choose the pictures that match.',
  ],
  [
    'a note on a security check',
    'New security check for API keys',
    'The model is open to all. We added a security check to the key page: unusual activity on a key sends a mail.',
  ],
  [
    'a help page on refusals',
    'How to fix "Access denied" errors',
    'Access denied means that your key has no right to the model. Ask the owner of the project.',
  ],
  ['a short question', 'What is a captcha?', 'A captcha tells people from bots.'],
  [
    'a release note on bots',
    'Bot traffic in your dashboard',
    'You can now see bot traffic and automated requests by day.',
  ],
])(
  'a page that can be read is no wall when it is short and about walls: %s',
  (_what, title, text) => {
    expect(block(page(title, `<main><h1>${title}</h1><p>${text}</p></main>`))).toBeNull();
  },
);

it.each([
  [
    'Just a moment: what GPT-9 changes',
    'GPT-9 came today. Before you move, look at what it costs you and where it is better.',
  ],
  [
    'Attention required: GPT-4 retires in June',
    'OpenAI retires gpt-4 in June. Move to GPT-9 before that day, and test it well.',
  ],
  [
    'You have been blocked: how limits work',
    'Who asks too often gets status 429. Wait as long as the header says, then ask again.',
  ],
  [
    'Verify your organization',
    'To use GPT-9 please verify that you own the organization: open Settings and press Verify.',
  ],
  ['404 Media on GPT-9', 'Page not found, it said, when we looked for the model.'],
])('a page that can be read is no wall when its headline begins like one: %s', (title, text) => {
  expect(block(page(title, `<h1>${title}</h1><p>${text}</p>`))).toBeNull();
});

it.each([
  [
    'what counts the visitors that a check let through',
    '/cdn-cgi/challenge-platform/scripts/jsd/main.js',
    '',
  ],
  [
    'an unseen captcha for its form',
    '/recaptcha/api.js',
    'This site is protected by reCAPTCHA and the Privacy Policy and Terms of Service of its maker apply.',
  ],
])('a page that can be read is no wall when it loads %s', (_what, script, note) => {
  const text =
    'GPT-9 is now open to all developers in the API, and costs the same as GPT-8 did before.';
  const short = page(
    'GPT-9 is here',
    `<h1>GPT-9 is here</h1><p>${text}</p><p>${note}</p><p>${note === '' ? '' : text}</p><script src="${script}"></script>`,
  );
  expect(block(short)).toBeNull();
});

it('a page that can be read is no wall when a short note stands under a form to sign in', () => {
  const form = '<form>Sign in<input type=password></form>';
  const note =
    'GPT-9 is now open to all developers in the API. It costs the same as GPT-8 and reads longer texts than any before.';
  expect(block(page('GPT-9', `${form}<p>${note}</p><p>${note}</p>`))).toBeNull();
});

it.each([
  [
    'refused',
    'Request Rejected',
    'The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: 123<br>[Go Back]',
  ],
  [
    'challenge',
    'Making sure you&#39;re not a bot!',
    '<h1>Making sure you&#39;re not a bot!</h1><p>Loading...</p><p>You are seeing this because the administrator has set it up against those who copy websites.</p>',
  ],
  [
    'refused',
    'Blocked',
    '<p>You&#39;ve been blocked by network security.</p><p>To continue, log in to your account.</p>',
  ],
  ['refused', 'Not available', '<h1>This page is not available in your country.</h1>'],
])('other walls are seen by the words they are known by: %s, %s', (kind, title, body) => {
  expect(block(page(title, body))).toBe(kind);
});

it.each([
  ['404 Not Found', '<h1>404 Not Found</h1><hr>server'],
  ['Page not found | Models', '<h1>Page not found</h1><p>Go to the start.</p>'],
  ['Error 502 - Models', '<h1>Bad gateway</h1>'],
  ['Seite nicht gefunden', '<h1>404</h1>'],
])('a page that says there is none is no answer, whatever its status says: %s', (title, body) => {
  expect(block(page(title, body))).toBe('error');
  expect(block(page(title, body), { status: 404 })).toBeNull();
});

it.each([
  ['window.location.replace("/new")'],
  ['location.href = "/new"'],
  ['document.location="/new";'],
])(
  'a page that can be read is a script shell when it only sends its reader elsewhere: %s',
  (script) => {
    const moved = page('Moved', '<p>This page has moved.</p>', `<script>${script}</script>`);
    expect(block(moved)).toBe('script-shell');
    const asks = page('Models', '<p>Two models.</p>', '<script>if (location == a) b()</script>');
    expect(block(asks)).toBeNull();
  },
);

it('a page that can be read is no wall when a cookie banner stands over its text', () => {
  const banner = page(
    'News',
    `<div>We use cookies. <button>Accept</button><button>Reject</button></div><p>${PROSE.repeat(8)}</p>`,
  );
  expect(block(banner)).toBeNull();
});

it('a page that can be read is no wall when a login form stands in its head', () => {
  const form = page('News', `<form>Sign in<input type=password></form><p>${PROSE.repeat(25)}</p>`);
  expect(block(form)).toBeNull();
});

it('a page that can be read is no script shell when it is short and static, or carries its content as data', () => {
  expect(
    block(page('Status', '<h1>All systems work</h1><script src=count.js></script>')),
  ).toBeNull();
  const data = page(
    '',
    `<div id="__app"></div><script type="application/json">{"text":"${PROSE.repeat(40)}"}</script><script src=a.js></script>`,
  );
  expect(block(data)).toBeNull();
});

it('a page that can be read is no wall when it is JSON, a feed, plain text or not text at all', () => {
  expect(block('{"a":"just a moment"}', { contentType: 'application/json' })).toBeNull();
  expect(
    block('<rss><title>Just a moment...</title></rss>', { contentType: 'application/rss+xml' }),
  ).toBeNull();
  expect(block('# Access denied\nJust a moment', { contentType: 'text/plain' })).toBeNull();
  expect(block(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0]))).toBeNull();
});

it('a page that can be read is no wall merely because the server is in trouble', () => {
  expect(block(page('502', '<h1>Bad gateway</h1>'), { status: 502 })).toBeNull();
});

it('a page that can be read is never taken for a wall once it holds enough text, whatever words and scripts are mixed in', () => {
  const trap = fc.constantFrom(
    'Just a moment...',
    'Verify you are human',
    '<script src="/challenge-platform/x.js"></script>',
    '<div class="h-captcha"></div>',
    '<input type=password>Sign in',
    '<button>Accept all</button><button>Reject all</button> cookies',
    '<div id="root"></div>',
    '<noscript>Enable JavaScript</noscript>',
  );
  fc.assert(
    fc.property(fc.array(trap, { maxLength: 12 }), fc.nat(50), (traps, at) => {
      const prose = Array.from({ length: 60 }, () => `<p>${PROSE}</p>`);
      prose.splice(at, 0, ...traps);
      return block(page('Models', prose.join(''))) === null;
    }),
  );
});

it('reads the worst markup in one pass', async () => {
  const worst = ['<script>', '<!--', '<a <', '<div id=x></div', '<noscript', '<p>İ', '<svg><'];
  const took = await processorTime(() => worst.map((piece) => block(piece.repeat(60_000))));
  expect(took).toBeLessThan(3_000);
});

const corpus = process.env['FIRSTHAND_CORPUS'] ?? '../shared/corpus';
const pages = join(corpus, 'pages');
const real = (() => {
  try {
    return readdirSync(pages).filter((name) => name.endsWith('.html'));
  } catch {
    return [];
  }
})();

it.skipIf(real.length === 0)(
  `takes none of the ${real.length} pages of the corpus for a wall`,
  () => {
    const taken = real.filter((name) => block(readFileSync(join(pages, name))) !== null);
    expect(taken).toEqual([]);
  },
);
