import type { Mention } from '../../names/mention.ts';
import { type Memory, NOTHING_NAMED } from '../document/clause.ts';
import { isCodename, mentionsWithin, type Scene } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';

/** How far into a sentence its subject begins at the latest, in characters. */
const SUBJECT_REACH = 60;

/** What is remembered behind a sentence: whom it was about, or, by a pronoun, whom the one before was about. */
export function remember(scene: Scene, memory: Memory, sentence: Range): Memory {
  const named = mentionsWithin(scene, sentence);
  const models = named.filter((one) => !isCodename(scene, one));
  const only = new Set(models.map(({ subject }) => subject)).size === 1 ? models[0] : undefined;
  const first =
    only ??
    named.find((one) => !isCodename(scene, one) && one.span[0] - sentence.start <= SUBJECT_REACH);
  const carried = scene.hits.has(sentence, 'anaphor') ? memory.model : null;
  const isRival = scene.hits.has(sentence, 'rival');
  return {
    ...memory,
    model: first ?? (isRival ? null : carried),
    several: severalOf(models),
    isRival: models.length === 0 && (isRival || memory.isRival),
    codename: named.find((one) => isCodename(scene, one)) ?? memory.codename,
  };
}

/** Two or three models that stand side by side. */
function severalOf(models: readonly Mention[]): readonly Mention[] {
  const distinct = [...new Map(models.map((one) => [one.subject, one])).values()];
  return distinct.length === 2 || distinct.length === 3 ? distinct : [];
}

/** What is remembered below a heading. */
export function rememberHeading(scene: Scene, heading: Range, level: number): Memory {
  const named = level <= 1 ? undefined : mentionsWithin(scene, heading)[0];
  const isRival = named === undefined && scene.hits.has(heading, 'rival');
  return { ...NOTHING_NAMED, section: named ?? null, isRival };
}
