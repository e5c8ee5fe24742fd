import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { root } from '../support/project.mjs';

/**
 * Copies what runs into a folder, with a catalogue that knows no model from after a day: nothing that came out later may
 * be recognised by its listing.
 * @param {string} folder
 * @param {string} day
 * @param {ReadonlySet<string>} laterIds
 * @returns {string} the file to run
 */
export function programKnowing(folder, day, laterIds) {
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  cpSync(join(root, 'data', 'catalog'), join(folder, 'data', 'catalog'), { recursive: true });
  for (const file of ['package.json', 'config.yaml']) cpSync(join(root, file), join(folder, file));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  rmSync(join(folder, 'dist', 'catalog.json'), { force: true });
  const file = join(folder, 'data', 'catalog', 'models.yaml');
  writeFileSync(file, stringify(cut(parse(readFileSync(file, 'utf8')), day, laterIds)));
  return join(folder, 'dist', 'bin', 'main.js');
}

/** Generations of which variants came later, and which were known themselves. */
const EARLIER = ['gpt-5.3', 'gpt-4', 'gpt-5', ''];

/** @param {string} id */
function generationOf(id) {
  return /^[a-z]+(?:-[a-z]+)*-?\d+(?:\.\d+)?/.exec(id)?.[0] ?? '';
}

/**
 * @param {{ families: { subjects: { id: string; snapshots?: unknown[]; controls?: string[]; aliases?: unknown[] }[]; controls?: string[] }[] }} models
 * @param {string} day
 * @param {ReadonlySet<string>} laterIds
 */
function cut(models, day, laterIds) {
  const isLater = (/** @type {unknown} */ date) => String(date).slice(0, 10) > day;
  // With the first model of a generation come variants that no list and no timeline names.
  const later = new Set([...laterIds].map(generationOf));
  for (const id of EARLIER) later.delete(id);
  const isKnown = (/** @type {string} */ id) => !laterIds.has(id) && !later.has(generationOf(id));
  for (const family of models.families) {
    family.subjects = family.subjects.filter(({ id }) => isKnown(id));
    if (family.controls) family.controls = family.controls.filter(isKnown);
    for (const subject of family.subjects) {
      subject.snapshots = subject.snapshots?.filter((one) => !isLater(one));
      subject.aliases = subject.aliases?.filter(
        (one) => !(one !== null && typeof one === 'object' && 'from' in one && isLater(one.from)),
      );
      if (subject.controls) subject.controls = subject.controls.filter(isKnown);
      if (subject.snapshots === undefined) delete subject.snapshots;
      if (subject.aliases === undefined) delete subject.aliases;
    }
  }
  models.families = models.families.filter(({ subjects }) => subjects.length > 0);
  return models;
}
