import type { Item } from '../../domain/item.ts';
import type { Interval } from '../../domain/time.ts';
import { subjectOf } from './named-models.ts';
import { fullDaysIn, pieceAt } from './quotes.ts';
import { fieldOf, type PrimaryContext, type PrimaryStatement, statementOf } from './statement.ts';

const UNSUPPORTED = /\bnot a (supported|valid) model\b|\bnot supported\b/i;

/**
 * What a package's types state of an id: that it is typed. Its comments are the vendor's word on an end; that an
 * announced shutdown came about, and that an id was never offered, they only suggest.
 */
export function packageStatements(
  item: Item,
  context: PrimaryContext,
): readonly PrimaryStatement[] {
  const id = fieldOf(item, 'id')[0] ?? '';
  const subject = subjectOf(id, context);
  if (subject === null) return [];
  const lines = item.text.split('\n');
  const typed = (lines[0]?.length ?? 0) + 1 + (lines[1]?.length ?? 0);
  const said = { subject, artefact: 'permanent' as const, rule: 'package.type' };
  const notes = fieldOf(item, 'notes').flatMap((note) => noteSays(item, subject, note));
  return [statementOf(item, { ...said, facet: 'sdk_typed', span: [0, typed] }), ...notes];
}

function noteSays(item: Item, subject: string, note: string): readonly PrimaryStatement[] {
  const place = pieceAt(item.text, note);
  if (place === null) return [];
  const said = {
    ...{ subject, span: [place.start, place.end] as const, artefact: 'permanent' as const },
    rule: 'package.note',
  };
  const hint = { ...said, evidentiality: 'first_hand' as const };
  if (UNSUPPORTED.test(note))
    return [statementOf(item, { ...hint, facet: 'api_listed', polarity: 'deny' })];
  const ending = endingIn(note);
  if (ending === null) return [];
  const retired = { facet: 'retired' as const, validTime: ending.date };
  if (ending.kind === 'removed') return [statementOf(item, { ...said, ...retired })];
  const deprecated = statementOf(item, { ...hint, facet: 'deprecated' });
  return ending.date === null
    ? [deprecated]
    : [deprecated, statementOf(item, { ...hint, ...retired })];
}

/** How a model ends: it is gone, it is to go, or it is only deprecated. */
interface Ending {
  kind: 'removed' | 'scheduled' | 'deprecated';
  /** The day of it, when the sentence gives one. */
  date: Interval | null;
  /** It also speaks of deprecation ("deprecated and removed"). */
  deprecated: boolean;
}

/**
 * Words for "is gone", in the languages the vendors' pages are served in: a copy in another language proves no
 * availability, but what it says of an end is the vendor's word.
 */
const GONE = new RegExp(
  [
    '\\b(removed|retired|shut ?down|shut ?off|discontinued|turned off|sunset(ted)?|decommissioned)\\b',
    '\\bno longer (be )?(available|accessible|offered|supported|callable|in the api)\\b',
    'abgeschaltet|eingestellt|außer betrieb|(nicht|kein\\w*) (länger|mehr) (\\p{L}+ ){0,3}(verfügbar|bereit|zugänglich|angeboten|unterstützt|nutzbar)',
    "\\b(retiré|supprimé|désactivé|arrêté)e?s?(?!\\p{L})|n[’']est plus (disponible|accessible|proposé)",
    '\\b(retirad|eliminad|desactivad|descontinuad|removid|desativad)[oa]s?\\b|\\bya no est(á|án) disponible|não está(o)? mais disponíve',
    '\\b(ritirat|rimoss|dismess|disattivat)[oiae]\\b|non è più disponibile',
    '(提供|公開|サポート|利用)(は|を|が)?(終了|停止|廃止)|利用できなくなり|削除されました',
    '(下线|停用|停止服务|移除|退役|关闭)|不再(可用|提供|支持)',
    '(종료|중단|제거|폐기)(되었|됐|했|된)|더 이상 (사용|제공|이용)',
  ].join('|'),
  'iu',
);
const DEPRECATED =
  /\bdeprecat(ed|ion|ing|es)\b|\bveraltet\b|(?<!\p{L})überholt|\bobsolet[aeo]?\b|\bdéprécié|非推奨|弃用|지원 중단/iu;
/** A deprecation with its plan ("deprecation and removal from the API on …"), and an announced end, are no removal yet. */
const PLANNED =
  /\b(will|shall|to be|scheduled|planned|upcoming|removal|shut ?down date|announced (the )?(shut ?down|removal|retirement|end)|plan(s|ning)? to|wird|werden|sera|será|serán|sarà|soll)\b|予定|将于|예정/iu;
const DENIED =
  /\b(not|never|n['’]t)( yet)?( been| be| being)? (removed|deprecated|retired|shut|discontinued)/i;
/** What follows if, or once, something is gone says nothing of whether it is. */
const CONDITIONAL = /^(if|when|once|after|until|unless|falls|wenn|si|se|quand|cuando)\b/i;

/** What a sentence says of an end; null when it says nothing of the kind, denies it or makes it a condition. */
function endingIn(sentence: string): Ending | null {
  if (DENIED.test(sentence) || CONDITIONAL.test(sentence.trim())) return null;
  const gone = GONE.exec(sentence);
  const deprecation = DEPRECATED.exec(sentence);
  if (gone === null && deprecation === null) return null;
  const deprecated = deprecation !== null;
  const isPlan =
    PLANNED.test(sentence) && (gone !== null || /\b(removal|shutdown)\b/i.test(sentence));
  const date = dateAfter(sentence, (gone ?? deprecation)?.index ?? 0);
  if (isPlan) return { kind: 'scheduled', date, deprecated };
  return gone === null
    ? { kind: 'deprecated', date: null, deprecated }
    : { kind: 'removed', date, deprecated };
}

/** The first day given behind a place, else the last one before it. */
function dateAfter(sentence: string, place: number): Interval | null {
  const days = fullDaysIn(sentence);
  const behind = days.find(({ start }) => start > place) ?? days.at(-1);
  return behind?.day ?? null;
}
