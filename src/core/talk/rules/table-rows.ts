import type { Polarity, Statement } from '../../../domain/evidence.ts';
import type { Mention } from '../../names/mention.ts';
import { argumentsOf } from '../arguments/arguments.ts';
import type { Hit } from '../cues/lexicon.ts';
import type { Block } from '../document/blocks.ts';
import type { Argument, Clause, Memory } from '../document/clause.ts';
import { datesWithin, mentionsWithin, type Scene } from '../document/document.ts';
import { clausesIn, type Range, sentencesIn } from '../document/sentences.ts';
import { claimedBy } from './facets.ts';
import { quoteRange } from './quote.ts';
import { statementsIn } from './statements.ts';

/** A label is a few words; more is a sentence with a colon in it. */
const LONGEST_LABEL = 50;
/** What a label asks after, by its words; the first that fits. */
const LABELS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:api|endpoints?|model ids?|model names?|model strings?)\b|接口/, 'api.noun'],
  [/\b(?:prices?|pricing|costs?)\b|价格|料金|가격/, 'price.noun'],
  [
    /\b(?:docs|documentation|documented|model page|system card|changelog)\b|文档|ドキュメント/,
    'document.noun',
  ],
  [
    /\b(?:announce(?:d|ment)|official (?:word|statement|announcement|confirmation)|confirmed)\b|公告|官宣|公式発表/,
    'announce.noun',
  ],
  [/\b(?:release date|launch date|date)\b|发布日期|发布时间|リリース日|출시일/, 'date.noun'],
  [
    /\b(?:chatgpt|plus|pro|free|access|availab\w+|try it|usable|use it|in the app)\b|可用|利用/,
    'access.noun',
  ],
  [
    /\b(?:release[ds]?|launch(?:ed)?|public|status|state|live|out|shipped|general availability|ga)\b|发布|上线|リリース|出시|출시|状态/,
    'release.noun',
  ],
];

/** What a row of a table says, under the table's first row. */
export function rowStatements(
  scene: Scene,
  row: Block,
  head: Block,
  memory: Memory,
): readonly Statement[] {
  const [label, ...values] = cellsOf(scene, row);
  if (label === undefined || scene.hits.has(label, 'foreign')) return [];
  const columns = row === head ? [] : cellsOf(scene, head).slice(1);
  const whole = { start: row.start, end: row.end };
  return values.flatMap((value, index) =>
    valueOrCell(scene, label, value, columns[index], { index, whole, memory }),
  );
}

/** Without models over its columns a table's first value answers its label; the others comment on it. */
function valueOrCell(
  scene: Scene,
  label: Range,
  value: Range,
  column: Range | undefined,
  { index, whole, memory }: { index: number; whole: Range; memory: Memory },
): readonly Statement[] {
  if (column !== undefined && scene.hits.has(column, 'foreign')) return [];
  const model = column === undefined ? undefined : mentionsWithin(scene, column)[0];
  const inColumn = model === undefined ? memory : { ...memory, model, section: model };
  const answers = model !== undefined || index === 0;
  const said = answers ? valueStatements(scene, label, value, whole, inColumn) : [];
  return said.length > 0 ? said : cellStatements(scene, label, value, inColumn);
}

/** What a `label: value` line says: of a definition list, a list of facts, a short paragraph. */
export function labelledStatements(
  scene: Scene,
  block: Block,
  memory: Memory,
): readonly Statement[] {
  const text = scene.folded.slice(block.start, block.end);
  const colon = /:\s/.exec(text);
  const label = text.slice(0, colon?.index ?? 0);
  if (colon === null || label.length > LONGEST_LABEL || /[.!?]/.test(label)) return [];
  const from = block.start + colon.index + colon[0].length;
  const [value] = sentencesIn(scene.folded, { start: from, end: block.end });
  if (value === undefined) return [];
  const named = { start: block.start, end: block.start + colon.index };
  return valueStatements(scene, named, value, { start: block.start, end: value.end }, memory);
}

/** The cells of a table row in their columns, empty ones too. */
function cellsOf(scene: Scene, { start, end }: Block): readonly Range[] {
  const cells: Range[] = [];
  let from = start;
  for (let at = start; at <= end; at++) {
    if (at < end && scene.folded.charAt(at) !== '|') continue;
    cells.push({ start: from, end: at });
    from = at + 1;
  }
  return cells.slice(1, -1);
}

/** A label that asks and a value that says yes or no. */
function valueStatements(
  scene: Scene,
  label: Range,
  value: Range,
  whole: Range,
  memory: Memory,
): readonly Statement[] {
  const asked = LABELS.find(([words]) => words.test(scene.folded.slice(label.start, label.end)));
  const polarity = polarityOf(scene, value);
  if (asked === undefined || polarity === null || scene.hits.has(whole, 'foreign')) return [];
  const hit: Hit = { family: asked[1], ...label };
  const clause: Clause = { ...label, sentence: label, memory };
  const force = scene.hits.has(value, 'hedge') ? 'hedge' : 'assert';
  return claimedBy(scene, hit, clause, polarity).flatMap((claimed) =>
    subjectsOf(scene, hit, value, clause).map(({ subject, aliasClaimed }) => ({
      claim: { subject, ...claimed, value: null },
      polarity,
      force,
      evidentiality: 'none' as const,
      effective: null,
      validTime: null,
      ...quoteRange(scene, whole),
      relays: null,
      silenceOf: null,
      aliasClaimed,
    })),
  );
}

/** The model of the column or the label, else the one the text is about; not where the value speaks of another. */
function subjectsOf(scene: Scene, hit: Hit, value: Range, clause: Clause): readonly Argument[] {
  const id = hit.family === 'api.noun' ? nameIn(scene, value) : null;
  if (id !== null) return [{ subject: id.subject, aliasClaimed: id.claimed }];
  const { section } = clause.memory;
  if (section !== null) return [{ subject: section.subject, aliasClaimed: section.claimed }];
  const isOfAnother =
    mentionsWithin(scene, clause).length === 0 && mentionsWithin(scene, value).length > 0;
  return isOfAnother ? [] : argumentsOf(scene, hit, clause);
}

const NO =
  /^\W*(?:(?:no|none|not|never|closed|unknown|tbc|coming soon|soon|unreleased|unavailable|absent|missing|pending|n\/a|false|nothing|locked|private|tba|tbd|unannounced|unconfirmed|undocumented|nein|noch nicht|non)\b|não|✗|✘|❌|×|🚫|无|無|没有|暂无|尚未|未|否|なし|未定|없음)/;
const YES =
  /^\W*(?:(?:yes|live|(?:still |now |already )?(?:served|offered|listed|available|there)|chatgpt|codex|the api|api|plus|pro|all (?:plans|users|tiers|accounts)|everyone|worldwide|paid plans|released|launched|open|out|shipped|generally available|ga|announced|true|public|ja|sim|oui|disponible)\b|✓|✔|✅|verfügbar|sí|已|可用|是|はい|有|가능)/;

/** Yes or no, by how a value opens; a day in the past says yes to "released", an amount to "price", a name to "id". */
function polarityOf(scene: Scene, value: Range): Polarity | null {
  const text = scene.folded.slice(value.start, value.end);
  const isOpen = scene.hits.has(value, 'hedge', 'prospective');
  const [date] = datesWithin(scene, value);
  if (date !== undefined && isFirst(scene, value, date.start)) {
    return date.interval.from <= scene.context.at && !isOpen ? 'support' : null;
  }
  if (NO.test(text)) return 'deny';
  const isYes = YES.test(text) || AMOUNT.test(text) || nameIn(scene, value) !== null;
  return isYes && !isOpen ? 'support' : null;
}

const AMOUNT = /^\W*[$€£¥]\s?\d|^\W*\d[\d.,]* ?(?:cents?|dollars?|euros?|usd|eur)\b/;

/** Whether a value opens at a place, punctuation apart. */
function isFirst(scene: Scene, value: Range, start: number): boolean {
  return /^\W*$/.test(scene.folded.slice(value.start, start));
}

/** The name a value opens with. */
function nameIn(scene: Scene, value: Range): Mention | null {
  const [named] = mentionsWithin(scene, value);
  return named !== undefined && isFirst(scene, value, named.span[0]) ? named : null;
}

/** A cell that is a sentence of its own, with the row's label as what is spoken of. */
function cellStatements(
  scene: Scene,
  label: Range,
  value: Range,
  memory: Memory,
): readonly Statement[] {
  const named = mentionsWithin(scene, label).at(-1) ?? null;
  const remembered = named === null ? memory : { ...memory, model: named, section: named };
  return sentencesIn(scene.folded, value).flatMap((sentence) =>
    clausesIn(scene.folded, sentence).flatMap((clause) =>
      statementsIn(scene, { ...clause, sentence, memory: remembered }),
    ),
  );
}
