import type { Fault } from '../domain/errors.ts';
import { isFacet } from '../domain/facet.ts';
import { SOURCE_KINDS } from '../domain/source-kind.ts';
import type { Watcher } from '../domain/watcher.ts';

type Check = [path: string, holds: boolean, message: string, suggestion?: string];

const VIA: readonly string[] = ['http', 'browser', 'model-list', 'npm'];
const COVERAGE: readonly string[] = ['complete', 'rolling', 'single'];
const DURATION = /^[1-9]\d*[smhd]$/;
const CRON = /^\S+(\s+\S+){4,5}$/;

/** What is wrong with a file's declaration, each with the place in it; the file itself is filled in by the caller. */
export function faultsOf(id: string, declared: unknown): readonly Omit<Fault, 'file'>[] {
  if (declared === null || typeof declared !== 'object') {
    return [faultAt('', 'is no watcher', 'export default defineWatcher({ … })')];
  }
  return checksOf(id, declared as Partial<Watcher>)
    .filter(([, holds]) => !holds)
    .map(([path, , message, suggestion]) => faultAt(path, message, suggestion ?? null));
}

function checksOf(id: string, watcher: Partial<Watcher>): readonly Check[] {
  const { version, about, kind, vendor, facets, every, via, coverage, pages } = watcher;
  const kinds: readonly string[] = SOURCE_KINDS;
  return [
    [
      '',
      /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id),
      'has a file name that is no id',
      'kebab-case, such as acme-news.ts',
    ],
    ['version', Number.isInteger(version) && Number(version) >= 1, 'is a whole number from 1 on'],
    [
      'about',
      typeof about === 'string' && about.trim().length > 20,
      'says in one sentence what the channel is and what it proves',
    ],
    ['kind', kinds.includes(kind ?? ''), `is one of ${kinds.join(', ')}`],
    [
      'vendor',
      vendor === null || (typeof vendor === 'string' && vendor !== ''),
      'is a vendor, or null for the talk around vendors',
    ],
    [
      'facets',
      Array.isArray(facets) && facets.every((facet) => isFacet(facet)),
      'are facets of the glossary',
    ],
    [
      'every',
      typeof every === 'string' && (DURATION.test(every) || CRON.test(every)),
      'is a duration such as 5m, 6h or 1d, or a cron expression',
    ],
    ['via', VIA.includes(via ?? ''), `is one of ${VIA.join(', ')}`],
    [
      'pages',
      pages === undefined || (typeof pages === 'string' && /^\w+$/.test(pages)),
      'is the name of a parameter',
    ],
    ['coverage', COVERAGE.includes(coverage ?? ''), `is one of ${COVERAGE.join(', ')}`],
    ...shapeChecks(watcher.shape),
    ...(['targets', 'owns', 'extract'] as const).map(
      (name): Check => [name, typeof watcher[name] === 'function', 'is a function'],
    ),
  ];
}

function shapeChecks(shape: Watcher['shape'] | undefined): readonly Check[] {
  const share = shape?.share ?? -1;
  const landmarks: unknown = shape?.landmarks;
  const areLandmarks =
    Array.isArray(landmarks) &&
    // A pattern with a memory of where it last matched gives another answer every time.
    landmarks.every(
      (landmark) => landmark instanceof RegExp && !landmark.global && !landmark.sticky,
    );
  return [
    ['shape.share', share >= 0 && share <= 1, 'is a share from 0 to 1'],
    ['shape.landmarks', areLandmarks, 'are patterns without the flags g and y'],
  ];
}

function faultAt(path: string, message: string, suggestion: string | null): Omit<Fault, 'file'> {
  return { path, line: null, message, suggestion };
}
