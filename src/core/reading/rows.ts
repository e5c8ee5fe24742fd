import type { Polarity, Statement } from '../../domain/evidence.ts';
import type { Block } from './blocks.ts';
import { argumentsOf, type Clause, type Memory } from './discourse.ts';
import { claimedBy } from './facets.ts';
import type { Hit } from './lexicon.ts';
import { quoteRange } from './quote.ts';
import { datesWithin, mentionsWithin, type Scene } from './scene.ts';
import { clausesIn, type Range, sentencesIn } from './sentences.ts';
import { statementsIn } from './statements.ts';

/** A label is a few words; more is a sentence with a colon in it. */
const LONGEST_LABEL = 50;
/** What a label asks after, by its words. */
const LABELS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:api|endpoints?|model ids?|接口)\b|^api|接口/, 'api.noun'],
  [
    /\b(?:docs|documentation|model page|system card|changelog)\b|文档|ドキュメント/,
    'document.noun',
  ],
  [
    /\b(?:announce(?:d|ment)|announced by|official (?:word|statement|announcement|confirmation)|confirmed)\b|公告|官宣|公式発表/,
    'announce.noun',
  ],
  [/\b(?:release date|launch date|date)\b|发布日期|发布时间|リリース日|출시일/, 'date.noun'],
  [
    /\b(?:chatgpt|plus|pro|free|access|availab\w+|try it|usable|in the app)\b|可用|利用/,
    'access.noun',
  ],
  [
    /\b(?:release[ds]?|launch(?:ed)?|public|status|live|out|shipped|general availability|ga)\b|发布|上线|リリース|出시|출시|状态/,
    'release.noun',
  ],
];

/** What the rows of tables, definition lists and `label: value` lines say. */
export function rowStatements(scene: Scene, block: Block, memory: Memory): readonly Statement[] {
  const cells = block.kind === 'row' ? cellsOf(scene, block) : labelled(scene, block);
  const [label, ...values] = cells;
  if (label === undefined || values.length === 0) return [];
  const whole = { start: block.start, end: block.end };
  const sentence =
    block.kind === 'row' ? whole : { start: label.start, end: values.at(-1)?.end ?? label.end };
  const clause: Clause = { ...sentence, sentence, memory };
  const fromLabel = values
    .slice(0, 1)
    .flatMap((value) => valueStatements(scene, label, value, clause));
  if (fromLabel.length > 0 || block.kind !== 'row') return fromLabel;
  return values.flatMap((value) => cellStatements(scene, label, value, memory));
}

/** The cells of a table row, without what parts them. */
function cellsOf(scene: Scene, { start, end }: Block): readonly Range[] {
  const cells: Range[] = [];
  let from = start;
  for (let at = start; at <= end; at++) {
    if (at < end && scene.folded.charAt(at) !== '|') continue;
    if (scene.folded.slice(from, at).trim() !== '') cells.push({ start: from, end: at });
    from = at + 1;
  }
  return cells;
}

function labelled(scene: Scene, { start, end }: Block): readonly Range[] {
  const text = scene.folded.slice(start, end);
  const colon = /:\s/.exec(text);
  if (colon === null || colon.index > LONGEST_LABEL || /[.!?]/.test(text.slice(0, colon.index)))
    return [];
  const behind = start + colon.index + colon[0].length;
  const [value] = sentencesIn(scene.folded, { start: behind, end });
  return value === undefined ? [] : [{ start, end: start + colon.index }, value];
}

/** A label that asks and a value that says yes or no. */
function valueStatements(
  scene: Scene,
  label: Range,
  value: Range,
  clause: Clause,
): readonly Statement[] {
  const asked = LABELS.find(([words]) => words.test(scene.folded.slice(label.start, label.end)));
  const polarity = polarityOf(scene, value);
  if (asked === undefined || polarity === null) return [];
  const hit: Hit = { family: asked[1], ...label };
  return claimedBy(
    scene,
    hit,
    { ...label, sentence: label, memory: clause.memory },
    polarity,
  ).flatMap((claimed) =>
    subjectsOf(scene, hit, label, value, clause).map(({ subject, aliasClaimed }) => ({
      claim: { subject, ...claimed, value: null },
      polarity,
      force: scene.hits.has(value, 'hedge') ? ('hedge' as const) : ('assert' as const),
      evidentiality: 'none' as const,
      effective: null,
      validTime: null,
      ...quoteRange(scene, clause),
      relays: null,
      silenceOf: null,
      aliasClaimed,
    })),
  );
}

/** The model a row names, else the one the text is about; a row about somebody else's says nothing of ours. */
function subjectsOf(
  scene: Scene,
  hit: Hit,
  label: Range,
  value: Range,
  clause: Clause,
): ReturnType<typeof argumentsOf> {
  if (scene.hits.has(clause, 'foreign')) return [];
  const inLabel = mentionsWithin(scene, label);
  const inValue = mentionsWithin(scene, value);
  if (inLabel.length === 0 && inValue.length > 0) return [];
  return argumentsOf(scene, hit, { ...label, sentence: label, memory: clause.memory });
}

const NO =
  /^\W*(?:no\b|none\b|not\b|never\b|closed\b|unreleased\b|unavailable\b|absent\b|missing\b|pending\b|n\/a\b|false\b|✗|✘|❌|×|🚫|nothing\b|locked\b|private\b|tba\b|tbd\b|unannounced\b|unconfirmed\b|undocumented\b|nein\b|noch nicht\b|non\b|não\b|无|無|没有|暂无|尚未|未|否|なし|未定|없음)/;
const YES =
  /^\W*(?:yes\b|live\b|available\b|released\b|launched\b|open\b|out\b|shipped\b|generally available\b|ga\b|announced\b|true\b|✓|✔|✅|public\b|ja\b|verfügbar\b|sí\b|sim\b|oui\b|disponible\b|已|可用|是|はい|有|가능)/;

function polarityOf(scene: Scene, { start, end }: Range): Polarity | null {
  const text = scene.folded.slice(start, end);
  const [date] = datesWithin(scene, { start, end });
  if (date !== undefined && /^\W*$/.test(scene.folded.slice(start, date.start))) {
    return date.interval.from <= scene.context.at &&
      !scene.hits.has({ start, end }, 'hedge', 'prospective')
      ? 'support'
      : null;
  }
  if (NO.test(text)) return 'deny';
  return YES.test(text) && !scene.hits.has({ start, end }, 'prospective') ? 'support' : null;
}

/** A cell that is a sentence of its own, with the row's label as what is spoken of. */
function cellStatements(
  scene: Scene,
  label: Range,
  value: Range,
  memory: Memory,
): readonly Statement[] {
  const named = mentionsWithin(scene, label).at(-1) ?? null;
  const remembered: Memory = named === null ? memory : { ...memory, model: named };
  return sentencesIn(scene.folded, value).flatMap((sentence) =>
    clausesIn(scene.folded, sentence).flatMap((clause) =>
      statementsIn(scene, { ...clause, sentence, memory: remembered }),
    ),
  );
}
