/** The measure of the reader: what counts as found and as right. The rules are those of the corpus's own scorer. */

/**
 * @typedef {object} Label
 * @property {string} subject
 * @property {string} facet `facet[@value][:qualifier]`
 * @property {string} expected the contribution, such as `support:secondary`
 * @property {string} quote
 *
 * @typedef {object} LabelledPage
 * @property {string} name
 * @property {string} file the name of the file, by which a page belongs to a half of the corpus
 * @property {string} path
 * @property {string} url
 * @property {string} at
 * @property {string} subject what the page is about
 * @property {string} publisherClass
 * @property {readonly Label[]} claims
 * @property {string} [body] its HTML, where no file has it
 *
 * @typedef {object} SaidOf
 * @property {string} subject
 * @property {string} facet
 * @property {string} polarity
 * @property {string} quote
 * @property {string} contribution
 * @property {string | null} [rule] what found it
 *
 * @typedef {object} Tally
 * @property {number} pages
 * @property {number} claims
 * @property {number} found
 * @property {number} right
 * @property {number} truePositives
 * @property {number} falsePositives
 * @property {number} pagesRight
 * @property {number} falseConfirmations
 * @property {string[]} notes what was missed or wrong, a line each
 */

const RELEASE = new Set(['announced', 'released', 'api_listed', 'product_available']);
const NOT_SCORED = new Set(['capability', 'exists', 'development_status', 'open_weights']);
const LETTER = String.raw`\p{L}\p{N}_`;
/** An OpenAI model: codenames, look-alikes and other vendors are traps, not targets. */
const MODEL = new RegExp(
  `^(?:gpt-(?:\\p{Nd}|image-\\p{Nd}|oss)[${LETTER}.-]*|o[134](?:-mini|-pro|-preview)?|sora-\\p{Nd}[${LETTER}-]*|dall-e-[23]|chatgpt-images?[${LETTER}.-]*)(?<!-all)(?<!-status)$`,
  'u',
);
const WORDS = new RegExp(`[${LETTER}.]+`, 'gu');
const RANK = ['none', 'deny', 'rumor', 'secondary', 'confirmed'];
const LONGEST_QUOTE = 400;
/** So many words in a row make two quotes the same place. */
const RUN = 4;

/** @param {string} text */
function wordsOf(text) {
  return text.toLowerCase().match(WORDS) ?? [];
}

/**
 * Whether two quotes are of one place: one holds the other, or they share four words in a row.
 * @param {string} a
 * @param {string} b
 */
export function overlap(a, b) {
  if ([...a].length > LONGEST_QUOTE || [...b].length > LONGEST_QUOTE) return false;
  const [one, other] = [wordsOf(a), wordsOf(b)];
  if (one.length === 0 || other.length === 0) return false;
  const [x, y] = [one.join(' '), other.join(' ')];
  if ([...x].length <= [...y].length ? y.includes(x) : x.includes(y)) return true;
  const runs = new Set(runsOf(one));
  return runsOf(other).some((run) => runs.has(run));
}

/** @param {readonly string[]} words */
function runsOf(words) {
  return words
    .slice(0, Math.max(0, words.length - RUN + 1))
    .map((_, at) => words.slice(at, at + RUN).join(' '));
}

/** @param {string} facet */
function base(facet) {
  return facet.split(/[:@]/)[0] ?? '';
}

/**
 * @param {string} facet
 * @param {string} other
 */
function areCompatible(facet, other) {
  return facet === other || (RELEASE.has(facet) && RELEASE.has(other));
}

/** @param {string} contribution */
function gradeOf(contribution) {
  if (/^(relay_)?deny/.test(contribution)) return 'deny';
  const level = contribution.slice(contribution.lastIndexOf(':') + 1);
  return RANK.includes(level) ? level : 'none';
}

/**
 * The strongest of what is said of a subject's release.
 * @param {readonly { subject: string, facet: string, contribution: string }[]} said
 * @param {string} subject
 */
function pageVerdict(said, subject) {
  return said
    .filter((one) => one.subject === subject && RELEASE.has(base(one.facet)))
    .map(({ contribution }) => gradeOf(contribution || 'none'))
    .reduce((best, grade) => (RANK.indexOf(grade) > RANK.indexOf(best) ? grade : best), 'none');
}

/** @param {string} contribution */
function counts(contribution) {
  return contribution !== 'none' && contribution !== 'primary_silence_relay';
}

/** @param {Label} label */
function isScored({ expected, facet, subject }) {
  return counts(expected) && !NOT_SCORED.has(base(facet)) && isModel(subject);
}

/** @param {string} subject */
export function isModel(subject) {
  return MODEL.test(subject);
}

/** @returns {Tally} */
function emptyTally() {
  return {
    ...{ pages: 0, claims: 0, found: 0, right: 0, truePositives: 0, falsePositives: 0 },
    ...{ pagesRight: 0, falseConfirmations: 0, notes: [] },
  };
}

/**
 * What several pages come to.
 * @param {readonly Tally[]} tallies
 */
export function sumOf(tallies) {
  const sum = emptyTally();
  for (const one of tallies) {
    sum.pages += one.pages;
    sum.claims += one.claims;
    sum.found += one.found;
    sum.right += one.right;
    sum.truePositives += one.truePositives;
    sum.falsePositives += one.falsePositives;
    sum.pagesRight += one.pagesRight;
    sum.falseConfirmations += one.falseConfirmations;
    sum.notes.push(...one.notes);
  }
  return sum;
}

/**
 * @param {readonly LabelledPage[]} pages
 * @param {(page: LabelledPage) => Promise<readonly SaidOf[]>} read throws for a page that cannot be read
 */
export async function scoreReading(pages, read) {
  const tally = emptyTally();
  for (const page of pages) {
    /** @type {readonly SaidOf[]} */
    let evidence = [];
    try {
      evidence = await read(page);
    } catch (error) {
      tally.notes.push(`${page.name}: not read, ${error instanceof Error ? error.message : error}`);
    }
    tally.pages += 1;
    scoreLabels(tally, page, evidence);
    scoreEvidence(tally, page, evidence);
    scorePage(tally, page, evidence);
  }
  return tally;
}

/**
 * @param {Tally} tally
 * @param {LabelledPage} page
 * @param {readonly SaidOf[]} evidence
 */
function scoreLabels(tally, page, evidence) {
  const said = evidence.filter(({ contribution }) => counts(contribution));
  for (const label of page.claims.filter(isScored)) {
    tally.claims += 1;
    const polarity = gradeOf(label.expected) === 'deny' ? 'deny' : 'support';
    const hits = said.filter(
      (one) =>
        one.subject === label.subject &&
        areCompatible(base(one.facet), base(label.facet)) &&
        one.polarity === polarity &&
        overlap(one.quote, label.quote),
    );
    const [first] = hits;
    const place = `${page.name}: ${JSON.stringify(label.quote)}`;
    if (first === undefined) {
      tally.notes.push(`${place} missed: ${label.subject} ${label.facet} ${label.expected}`);
      continue;
    }
    tally.found += 1;
    if (hits.some(({ contribution }) => contribution === label.expected)) tally.right += 1;
    else tally.notes.push(`${place} is ${first.contribution}, not ${label.expected}`);
  }
}

/**
 * Whether a statement is one that its place is labelled with; null where that place has no label, or nothing is said.
 * @param {LabelledPage} page
 * @param {SaidOf} one
 */
export function isRight(page, one) {
  if (!counts(one.contribution) || NOT_SCORED.has(base(one.facet))) return null;
  const near = page.claims.filter(({ quote }) => overlap(one.quote, quote));
  if (near.length === 0) return null;
  return near.some(
    ({ expected, subject, facet }) =>
      counts(expected) &&
      subject === one.subject &&
      areCompatible(base(facet), base(one.facet)) &&
      (gradeOf(expected) === 'deny') === (one.polarity === 'deny'),
  );
}

/**
 * @param {Tally} tally
 * @param {LabelledPage} page
 * @param {readonly SaidOf[]} evidence
 */
function scoreEvidence(tally, page, evidence) {
  for (const one of evidence) {
    const isGood = isRight(page, one);
    if (isGood === null) continue;
    if (isGood) tally.truePositives += 1;
    else {
      tally.falsePositives += 1;
      const { subject, facet, contribution, quote } = one;
      const place = `${page.name}: ${JSON.stringify(quote)}`;
      tally.notes.push(`${place} wrongly gives ${subject} ${facet} ${contribution}`);
    }
  }
}

/**
 * @param {Tally} tally
 * @param {LabelledPage} page
 * @param {readonly SaidOf[]} evidence
 */
function scorePage(tally, page, evidence) {
  const labels = page.claims.map(({ expected, ...rest }) => ({ ...rest, contribution: expected }));
  const wanted = pageVerdict(labels, page.subject);
  const found = pageVerdict(evidence, page.subject);
  if (wanted === found) tally.pagesRight += 1;
  else tally.notes.push(`${page.name}: the page says ${wanted}, read as ${found}`);
  const isOutsider = /^[SX]/.test(page.publisherClass);
  if (isOutsider && evidence.some(({ contribution }) => contribution === 'support:confirmed')) {
    tally.falseConfirmations += 1;
    tally.notes.push(`${page.name}: a false confirmation`);
  }
}

/** @param {Tally} tally */
export function figuresOf(tally) {
  return {
    pages: tally.pages,
    claims: tally.claims,
    recall: ratio(tally.found, tally.claims),
    precision: ratio(tally.truePositives, tally.truePositives + tally.falsePositives),
    contribution_accuracy: ratio(tally.right, tally.found),
    page_accuracy: ratio(tally.pagesRight, tally.pages),
    false_confirmations: tally.falseConfirmations,
  };
}

/**
 * Three places, a tie to the even digit; null for nothing of nothing.
 * @param {number} part
 * @param {number} whole
 */
function ratio(part, whole) {
  if (whole === 0) return null;
  const thousandths = (part / whole) * 1000;
  const below = Math.floor(thousandths);
  const isTie = thousandths - below === 0.5;
  if (isTie) return (below % 2 === 0 ? below : below + 1) / 1000;
  return Math.round(thousandths) / 1000;
}
