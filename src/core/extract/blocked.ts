import type { Capture } from '../../domain/capture.ts';
import type { Block } from '../../domain/errors.ts';
import { type HtmlSummary, summarizeHtml } from './html-summary.ts';
import { textOf } from './text.ts';

type Answer = Pick<Capture, 'status' | 'headers' | 'contentType' | 'body' | 'url' | 'finalUrl'>;

/** How much of a body is looked at, in bytes: walls are small. */
const LOOK = 256 * 1024;

/** Text shorter than this, in characters, is what walls have; a page that says less is looked at more closely. */
const THIN = 1500;
const BARE = 200;

/** Statuses under which walls are sent, beside 200. */
const WALL_STATUS = new Set([202, 401, 403, 405, 429, 503]);

/** What a wall says to whoever stands before it; a page about walls has no reason to. */
const ADDRESSED = [
  'just a moment',
  'one more step',
  'attention required',
  '(checking|verifying) (if the site|your browser|your connection|you are|that you)',
  'please (confirm|prove|verify) (that )?you( are|.re)( a)? (human|person|real|not)',
  'making sure (that )?you( are|.re) not a (ro)?bot',
  'enable javascript and cookies to continue',
  'pardon our interruption',
  'request unsuccessful',
  'please (wait|stand by) while',
  'you( have|.ve) been blocked',
  'the requested url was rejected',
  'th(e|is) (page|content|site|website|service) is (not available|unavailable) in your (country|region|location|area)',
  'you (don.t|do not) have permission to (access|view)',
];

/** What walls say, and what people write about them, too. */
const SPOKEN_OF = [
  'security (check|verification)',
  '(verify|verifying|confirm|prove) (that )?you( are|.re)( a)? (human|not a (ro)?bot)',
  'are you (a )?(human|robot)',
  'robot check',
  'unusual (traffic|activity)',
  'automated (requests|access|queries)',
  'ddos protection',
  'access (to this page )?(has been )?denied',
  'bots? (use|traffic|activity)',
  'malicious bots',
];

/** Titles that say the same when they say no more. */
const TITLES = ['(request )?(blocked|rejected)', '(client|bot) challenge'];

/** How much of the text, at least, a bare page spends on what walls say, when nothing else makes it one. */
const MOSTLY = 0.4;

const SAYS_SO = new RegExp(ADDRESSED.join('|'), 'i');
const ROBOT_CHECK = new RegExp([...ADDRESSED, ...SPOKEN_OF].join('|'), 'i');
/** A title that is nothing but such words, before the name of the site. */
const WALL_TITLE = new RegExp(
  `^\\W*(${[...ADDRESSED, ...SPOKEN_OF, ...TITLES].join('|')})[^\\w?]*([|–-] *\\S+( \\S+){0,3})?$`,
  'i',
);

/**
 * What checks of every vendor load: paths and names that speak of challenges, not the names of the vendors. What counts
 * visitors of pages that were let through (`/challenge-platform/scripts/jsd/`) is none of it.
 */
const CHECK_SCRIPTS =
  /challenge-(?!platform\/scripts\/jsd)|challenge[_./]|challenges?\.|bot[-_]?(detect|manager|defen[cs]e|protect|mitigat)|turnstile|captcha|_incapsula_|\/_sec\/|interstitial|fingerprint(ing)?[-_.]/;

const CAPTCHA_SCRIPTS = /captcha/;
/** The note that must stand on every page with a form that an unseen captcha guards says nothing of a wall. */
const CAPTCHA_WORDS =
  /(?<!protected by (?:re|h))captcha|i.?m not a (ro)?bot|select all (the )?(images|squares)|type the (characters|letters)/i;

const LOGIN_WORDS =
  /\b(log|sign) ?in\b|password|anmelden|einloggen|se connecter|iniciar sesi|ログイン|登录|로그인/i;
const LOGIN_PLACE = /^(log-?in|sign-?in|signon|sso|authenticate|authorize|oauth2?)(\.\w+)?$/i;
const CONSENT_PLACE = /^(consent|cookie-?(wall|consent)|privacy-?(gate|wall)|collectconsent)$/i;

const CONSENT_WORDS =
  /cookie|consent|privacy|personal data|partners?\b|legitimate interest|tracking|advertis|datenschutz|einwillig|vie privée|consentement|privacidad|consentimiento|プライバシー|隐私|개인정보/i;
const CONSENT_BUTTON =
  /^(i )?(accept|agree|allow|reject|decline|refuse|deny|manage|customi[sz]e|got it|more options|akzeptieren|alle akzeptieren|zustimmen|ablehnen|tout accepter|accepter|refuser|aceptar|rechazar|aceitar|recusar|accetta|rifiuta|同意|接受|동의)/i;

/**
 * What stands where the page should be; null for a page that can be read. It goes by several signs at once (status,
 * headers, what the page loads, what it says, how little it says), so that an article about captchas, or a page with
 * a cookie banner, is a page.
 */
export function blockOf(answer: Answer): Block | null {
  const announced = announcedBlock(answer.headers);
  if (announced !== null) return announced;
  const html = markupOf(answer);
  const seen = html === null ? null : wallIn(answer, summarizeHtml(html));
  return seen ?? blockOfStatus(answer.status);
}

/** Some checks say in a header what they are. */
function announcedBlock(headers: Answer['headers']): Block | null {
  const said = `${headers['cf-mitigated'] ?? ''} ${headers['x-amzn-waf-action'] ?? ''}`;
  if (/captcha/i.test(said)) return 'captcha';
  return /challenge/i.test(said) ? 'challenge' : null;
}

function blockOfStatus(status: number): Block | null {
  if (status === 401) return 'login';
  return status === 403 || status === 451 ? 'refused' : null;
}

/** The beginning of an HTML answer as text; null when it is something else. */
function markupOf(answer: Answer): string | null {
  const named = /html/i.test(answer.contentType);
  const unnamed = answer.contentType === '' || /^text\/plain/i.test(answer.contentType);
  if (!named && !unnamed) return null;
  try {
    const text = textOf(answer.body.subarray(0, LOOK), answer.contentType);
    return named || /^\s*(<!doctype html|<html)/i.test(text) ? text : null;
  } catch {
    return null;
  }
}

function wallIn(answer: Answer, summary: HtmlSummary): Block | null {
  const moved = movedTo(answer);
  if (moved !== null) return moved;
  if (summary.long || summary.article) return null;
  return (
    robotCheck(answer.status, summary) ??
    loginWall(summary) ??
    consentWall(summary) ??
    errorPage(answer.status, summary) ??
    scriptShell(answer.status, summary)
  );
}

/** A redirect to a place for signing in or for consenting, from a place that is neither. */
function movedTo(answer: Answer): Block | null {
  if (answer.finalUrl === answer.url) return null;
  const [from, to] = [placesOf(answer.url), placesOf(answer.finalUrl)];
  const newly = (pattern: RegExp) =>
    to.some((place) => pattern.test(place)) && !from.some((place) => pattern.test(place));
  if (newly(CONSENT_PLACE)) return 'consent';
  return newly(LOGIN_PLACE) ? 'login' : null;
}

/** The labels of the host and the segments of the path. */
function placesOf(url: string): readonly string[] {
  if (!URL.canParse(url)) return [];
  const { hostname, pathname } = new URL(url);
  return [...hostname.split('.'), ...pathname.split('/')].filter((place) => place !== '');
}

/**
 * Machinery or a status beside the words makes a wall. Words alone do where they speak to the reader and are about all
 * that the page says: a page about captchas says them, too.
 */
function robotCheck(status: number, summary: HtmlSummary): Block | null {
  if (summary.visible.length > THIN) return null;
  const text = `${summary.title}\n${summary.visible}\n${summary.noscript}`;
  const scripted = CHECK_SCRIPTS.test(summary.scriptText);
  const captcha = CAPTCHA_WORDS.test(text);
  const isBare = summary.visible.length < BARE;
  const isSent = scripted || WALL_STATUS.has(status);
  const isWall = isSent
    ? hasTwo([ROBOT_CHECK.test(text), scripted, captcha, WALL_STATUS.has(status), isBare]) &&
      (scripted || captcha || ROBOT_CHECK.test(text))
    : isWordy(summary, text, isBare);
  if (!isWall) return null;
  // A refusal that only says so cannot be passed by a browser that waits; a check can.
  if (!scripted && !captcha && /denied|blocked|rejected|permission|not available/i.test(text))
    return 'refused';
  return CAPTCHA_SCRIPTS.test(summary.scriptText) || captcha ? 'captcha' : 'challenge';
}

/** A page that is a wall by its words alone. */
function isWordy(
  { title, visible, noscript }: HtmlSummary,
  text: string,
  isBare: boolean,
): boolean {
  if (WALL_TITLE.test(title)) return isBare || SAYS_SO.test(text);
  return isBare && shareOf(`${visible}${noscript}`, SAYS_SO) >= MOSTLY;
}

/** How much of a text, by its lines, says something. */
function shareOf(text: string, pattern: RegExp): number {
  const lines = text.split('\n');
  const saying = lines.filter((line) => pattern.test(line));
  return saying.join('').length / Math.max(1, lines.join('').length);
}

function hasTwo(signs: readonly boolean[]): boolean {
  return signs.filter(Boolean).length >= 2;
}

/** A page that has something to say beside its form to sign in says it in lines as long as these, in characters. */
const PROSE = { line: 60, page: 150 };

function loginWall({ visible, password }: HtmlSummary): Block | null {
  if (visible.length > THIN || !password || !LOGIN_WORDS.test(visible)) return null;
  const lines = visible.split('\n').filter((line) => line.length >= PROSE.line);
  const prose = lines.filter((line) => !LOGIN_WORDS.test(line) && !CONSENT_WORDS.test(line));
  return prose.join('').length < PROSE.page ? 'login' : null;
}

/** Two buttons to choose with, and most of the text is about consent. */
function consentWall(summary: HtmlSummary): Block | null {
  const lines = summary.visible.split('\n').filter((line) => line !== '');
  const buttons = lines.filter((line) => line.length < 40 && CONSENT_BUTTON.test(line));
  if (buttons.length < 2) return null;
  const about = lines.filter((line) => CONSENT_WORDS.test(line) || buttons.includes(line));
  const share = about.join('').length / Math.max(1, lines.join('').length);
  return share > 0.6 ? 'consent' : null;
}

/** The words of a status that failed, and what sites say instead, in the languages they say it in. */
const FAILED = [
  '(the |this )?(page|file|url)?( was| could)? ?not (be )?found',
  ...['bad (gateway|request)', 'internal server error', 'service (temporarily )?unavailable'],
  ...['gateway time-?out', 'too many requests', 'forbidden', 'something went wrong'],
  ...['seite nicht gefunden', 'page (non trouvée|introuvable)', 'página no encontrada'],
  ...['página não encontrada', 'pagina non trovata', '页面不存在', 'ページが見つかりません'],
];
const CODE = '(http )?(error )?[45]\\d\\d( error)?';
const FAILURE = new RegExp(
  `^[^\\p{L}\\d]*(${CODE}|(${CODE}[^\\p{L}\\d]*)?(oops\\W+)?(${FAILED.join('|')}))[^\\p{L}\\d?]*([|–-] *\\S+( \\S+){0,3})?$`,
  'iu',
);
/** The text that such a page has beside its words, in characters. */
const EXCUSES = 500;

/** A page that says by its title, and first thing in its text, that there is no page, under a status that says there is. */
function errorPage(status: number, { title, visible }: HtmlSummary): Block | null {
  if (status >= 300 || visible.length > EXCUSES || title === '') return null;
  return FAILURE.test(title) && visible.split('\n').some((line) => FAILURE.test(line))
    ? 'error'
    : null;
}

/** A script that sends the reader elsewhere. */
const SCRIPTED_MOVE =
  /\blocation(\.href)?\s*=(?![=])|\blocation\.(replace|assign)\s*\(|window\.navigate\s*\(/;

/** A page whose text a script would draw or fetch from elsewhere: next to no text, and something that waits for the script. */
function scriptShell(status: number, summary: HtmlSummary): Block | null {
  if (status >= 400 || summary.visible.length > BARE) return null;
  if (summary.scripts === 0 || summary.embedded > 2000) return null;
  const waits =
    summary.mount || /javascript/i.test(summary.noscript) || SCRIPTED_MOVE.test(summary.scriptText);
  return waits || /^(loading|please wait)?\W*$/i.test(summary.visible) ? 'script-shell' : null;
}
