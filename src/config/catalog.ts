import { join } from 'node:path';
import type { Catalog, CueFamily } from '../domain/catalog.ts';
import { ConfigError, type Fault } from '../domain/errors.ts';
import type { Publisher } from '../domain/publisher.ts';
import type { Alias, AliasKind, Subject, SubjectKind } from '../domain/subject.ts';
import {
  gateFile,
  type LexiconFile,
  lexiconFile,
  type ModelsFile,
  modelsFile,
  type PublishersFile,
  predicatesFile,
  publishersFile,
  type SubjectEntry,
} from './catalog-schema.ts';
import { isRegExp, languageFile, wordListsFile } from './catalog-words.ts';
import { pathText } from './faults.ts';
import { loadVendors } from './vendors.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

/** Reads the files of a folder. Throws `ConfigError` with the faults of all of them. */
export async function loadCatalog(folder: string): Promise<Catalog> {
  const [publishers, models, lexicon, predicates, wordLists, language, gate, vendors] =
    await Promise.all([
      readYaml(join(folder, 'publishers.yaml'), publishersFile),
      readYaml(join(folder, 'models.yaml'), modelsFile),
      readYaml(join(folder, 'lexicon.yaml'), lexiconFile),
      readYaml(join(folder, 'predicates.yaml'), predicatesFile),
      readYaml(join(folder, 'word-lists.yaml'), wordListsFile),
      readYaml(join(folder, 'language.yaml'), languageFile),
      readYaml(join(folder, 'gate.yaml'), gateFile),
      loadVendors(folder),
    ]);
  const faults = [
    ...publishers.faults,
    ...models.faults,
    ...lexicon.faults,
    ...predicates.faults,
    ...wordLists.faults,
    ...language.faults,
    ...gate.faults,
    ...vendors.faults,
    ...modelFaults(models),
    ...publisherFaults(publishers),
    ...patternFaults(lexicon),
  ];
  if (
    faults.length > 0 ||
    publishers.content === null ||
    models.content === null ||
    lexicon.content === null ||
    predicates.content === null ||
    wordLists.content === null ||
    language.content === null ||
    gate.content === null ||
    vendors.anyVendor === null
  ) {
    throw new ConfigError(faults);
  }
  return {
    publishers: publishersOf(publishers.content),
    subjects: subjectsOf(models.content),
    vendors: vendors.vendors,
    anyVendor: vendors.anyVendor,
    lexicon: familiesOf(lexicon.content),
    language: language.content,
    wordLists: wordLists.content.lists,
    predicates: { ...predicates.content, irregular: language.content.irregular },
    gate: gate.content,
  };
}

function publishersOf(file: PublishersFile): readonly Publisher[] {
  return file.publishers.map((entry) => ({
    domain: entry.host,
    name: entry.name,
    class: entry.class,
    group: entry.group ?? entry.host,
    vendor: entry.vendor ?? null,
  }));
}

function subjectsOf(file: ModelsFile): readonly Subject[] {
  return file.families.flatMap((family) =>
    family.subjects.flatMap((entry) => {
      const controls = entry.controls ?? family.controls.filter((id) => id !== entry.id);
      const model = subjectOf(entry, family.vendor, controls);
      return [model, ...entry.snapshots.map((day) => snapshotOf(model, day))];
    }),
  );
}

function subjectOf(entry: SubjectEntry, vendor: string, controls: readonly string[]): Subject {
  return {
    id: entry.id,
    vendor,
    kind: entry.kind,
    name: entry.name,
    aliases: [nameAlias(entry.name, entry.kind), ...entry.aliases.map(aliasOf)],
    controls,
    moving: entry.moving,
    status: 'curated',
    discovered: null,
  };
}

/** The ways the kinds of subject are named. */
const NAMED_BY: Readonly<Record<SubjectKind, AliasKind>> = {
  model: 'display',
  snapshot: 'api_id',
  family: 'display',
  product: 'product',
  codename: 'codename',
};

function nameAlias(name: string, kind: SubjectKind): Alias {
  return { text: name, kind: NAMED_BY[kind], status: 'curated' };
}

function aliasOf(entry: SubjectEntry['aliases'][number]): Alias {
  if (typeof entry === 'string') return { text: entry, kind: 'display', status: 'curated' };
  const { text, kind, from, claimed } = entry;
  const alias: Alias = { text, kind, status: claimed ? 'claimed' : 'curated' };
  return from === undefined ? alias : { ...alias, validFrom: from };
}

function snapshotOf(model: Subject, day: string): Subject {
  const id = `${model.id}-${day}`;
  return {
    ...model,
    id,
    kind: 'snapshot',
    name: `${model.name} (${day})`,
    aliases: [{ text: id, kind: 'api_id', status: 'curated' }],
  };
}

function familiesOf(file: LexiconFile): readonly CueFamily[] {
  return file.families.flatMap(({ family, patterns }) =>
    Object.entries(patterns).map(([language, sources]) => ({
      name: family,
      language,
      patterns: sources,
    })),
  );
}

/** What a schema cannot see: ids and aliases that clash, controls that are nobody. */
function modelFaults(file: YamlFile<ModelsFile>): readonly Fault[] {
  const families = file.content?.families ?? [];
  const ids = new Set(file.content === null ? [] : subjectsOf(file.content).map(({ id }) => id));
  const owners = new Map<string, string>();
  return families.flatMap((family, f) =>
    family.subjects.flatMap((entry, s) => {
      const controls = entry.controls ?? family.controls;
      const found = [...controlFaults(entry, controls, ids), ...aliasFaults(entry, owners)];
      return found.map(([message, advice]) =>
        fault(file, ['families', f, 'subjects', s], message, advice),
      );
    }),
  );
}

type Finding = readonly [message: string, advice: string];

function controlFaults(
  entry: SubjectEntry,
  controls: readonly string[],
  ids: ReadonlySet<string>,
): readonly Finding[] {
  return controls
    .filter((id) => !ids.has(id))
    .map((id) => [
      `the control "${id}" of ${entry.id} is no subject`,
      'name the id of a subject of this file',
    ]);
}

/** Notes whose each name is, and reports the ones that somebody else has. */
function aliasFaults(entry: SubjectEntry, owners: Map<string, string>): readonly Finding[] {
  const texts = [entry.id, ...subjectOf(entry, '', []).aliases.map(({ text }) => text)];
  const findings: Finding[] = [];
  for (const text of texts) {
    const owner = owners.get(text.toLowerCase()) ?? entry.id;
    owners.set(text.toLowerCase(), owner);
    if (owner !== entry.id) {
      findings.push([
        `"${text}" of ${entry.id} is a name of ${owner} already`,
        'take it away from one of them',
      ]);
    }
  }
  return findings;
}

function publisherFaults(file: YamlFile<PublishersFile>): readonly Fault[] {
  if (file.content === null) return [];
  const seen = new Set<string>();
  const faults: Fault[] = [];
  for (const [index, { host }] of file.content.publishers.entries()) {
    if (seen.has(host)) {
      const message = `${host} is listed twice`;
      faults.push(fault(file, ['publishers', index], message, 'keep one of the two'));
    }
    seen.add(host);
  }
  return faults;
}

/** A pattern that is no expression, with the line it stands on within its block. */
function patternFaults(file: YamlFile<LexiconFile>): readonly Fault[] {
  const families = file.content?.families ?? [];
  return families.flatMap((entry, index) =>
    Object.entries(entry.patterns).flatMap(([language, sources]) =>
      sources.flatMap((source, nth) => {
        const wrong = wrongWith(source);
        if (wrong === null) return [];
        const path = ['families', index, 'patterns', language];
        const start = file.lineOf(path);
        const found = fault(file, path, `"${source}" ${wrong.what}`, wrong.advice);
        return [{ ...found, line: start === null ? null : start + 1 + nth }];
      }),
    ),
  );
}

/** A group that may be repeated for ever takes the square of the time over a text that repeats it. */
function wrongWith(source: string): { what: string; advice: string } | null {
  if (!isRegExp(source))
    return { what: 'is not a regular expression', advice: 'close what it opens' };
  return /(?<!\\)\)(?:[*+]|\{\d+,\})/.test(source)
    ? { what: 'repeats a group without an end', advice: 'write {0,6} in place of * and {1,6} of +' }
    : null;
}

function fault(
  file: YamlFile<unknown>,
  path: readonly PropertyKey[],
  message: string,
  suggestion: string,
): Fault {
  return { file: file.file, path: pathText(path), line: file.lineOf(path), message, suggestion };
}
