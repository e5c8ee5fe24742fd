import { type OpenDatabase, openDatabase } from '../app/open-database.ts';
import type { AppOptions } from '../app/options.ts';
import type { Clock } from '../domain/clock.ts';
import { closing } from '../domain/closing.ts';
import { DAY, type Instant, plus } from '../domain/time.ts';
import { type FailingState, type Finding, messageOf } from '../lint/finding.ts';
import { codeFiles, modelIdsIn, type NamedModel } from '../lint/model-ids.ts';
import type { DependencyView } from '../read/dependencies.ts';
import { dependenciesOf } from '../read/dependencies.ts';

export interface LintOptions extends AppOptions {
  paths: readonly string[];
  failOn: readonly FailingState[];
  /** How many days ahead a shutdown is told. */
  within: number;
}

export interface LintReport {
  files: number;
  /** Model ids that were found, each counted once. */
  models: number;
  findings: readonly Finding[];
}

interface Place extends NamedModel {
  file: string;
}

/** The model ids in a code base that are retired, retiring, deprecated, unconfirmed or unknown, file by file. */
export async function lint(options: LintOptions, clock: Clock): Promise<LintReport> {
  return closing(await openDatabase(options), async (open) => {
    const { places, files } = await placesIn(open, options);
    const asOf = clock.now();
    const ids = places.map(({ id }) => id);
    const { dependencies } = await dependenciesOf(open.known, ids, asOf);
    const known = new Map(dependencies.map((one) => [one.id, one]));
    const findings = places.flatMap((place) => {
      const one = known.get(place.id);
      return one === undefined ? [] : findingOf(place, one, options, asOf);
    });
    return { files, models: known.size, findings };
  });
}

async function placesIn(
  { known }: OpenDatabase,
  { folder, paths }: LintOptions,
): Promise<{ places: readonly Place[]; files: number }> {
  const isModel = (id: string) => known.resolve(id) === id;
  const places: Place[] = [];
  let files = 0;
  for await (const { path, text } of codeFiles(folder, paths)) {
    files += 1;
    for (const named of modelIdsIn(text, isModel)) places.push({ file: path, ...named });
  }
  return { places, files };
}

function findingOf(
  { file, line, column, id }: Place,
  one: DependencyView,
  { failOn, within }: LintOptions,
  asOf: Instant,
): readonly Finding[] {
  const { state, retires } = one;
  const isFar = state === 'retiring' && (retires ?? '') > plus(asOf, within * DAY).slice(0, 10);
  if (state === 'available' || isFar) return [];
  const isFailure = (failOn as readonly string[]).includes(state);
  return [{ ...{ file, line, column, id, state, isFailure }, message: messageOf(one) }];
}
