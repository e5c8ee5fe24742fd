import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  firstTyped,
  nextToRead,
  type Release,
  releasesSince,
} from '../../../../src/pipeline/backfill/plan.ts';

const release = (version: string, day: string | null, changes = ''): Release => ({
  version,
  day,
  changes,
});

/** A history in which each id comes with one version and stays; `names` says which entries name what they bring. */
function history(brought: readonly (readonly string[])[], names: readonly boolean[] = []) {
  const releases = brought.map((ids, index) => {
    const said = names[index] === true ? `* **api:** add ${ids.join(', ')} models` : '* rebuild';
    return release(`1.${index}.0`, `2026-01-${String(index + 1).padStart(2, '0')}`, said);
  });
  const all = new Map(
    releases.map(({ version }, index) => [version, new Set(brought.slice(0, index + 1).flat())]),
  );
  return { releases, all };
}

/** Reads what the plan asks for until it asks for no more; the versions in order. */
function readAll(releases: readonly Release[], all: ReadonlyMap<string, ReadonlySet<string>>) {
  const typed = new Map<string, ReadonlySet<string>>();
  const order: string[] = [];
  for (let next = nextToRead(releases, typed); next !== null; next = nextToRead(releases, typed)) {
    order.push(next);
    typed.set(next, all.get(next) ?? new Set());
  }
  return { order, typed };
}

it('the versions of a history begin with the last one before the day asked for, and leave out what was no release proper', () => {
  const releases = [
    release('5.10.0', '2025-07-01'),
    release('5.2.0', '2025-05-01'),
    release('5.9.0', '2025-06-01'),
    release('6.0.0-beta.1', '2025-06-20'),
    release('5.9.1', null),
  ];
  const versions = releasesSince(releases, '2025-06-15').map(({ version }) => version);
  expect(versions).toEqual(['5.9.1', '5.10.0']);
  expect(releasesSince(releases, '2025-05-20').map(({ version }) => version)).toEqual([
    '5.2.0',
    '5.9.0',
    '5.9.1',
    '5.10.0',
  ]);
  expect(releasesSince(releases, '2026-01-01').map(({ version }) => version)).toEqual(['5.10.0']);
  expect(releasesSince([], '2026-01-01')).toEqual([]);
});

describe('the version to read next', () => {
  const quiet = Array.from({ length: 20 }, (): string[] => []);

  it('the version to read next is each end, and nothing more when nothing came in between', () => {
    const { releases, all } = history([['o3'], ...quiet]);
    expect(readAll(releases, all).order).toEqual(['1.0.0', '1.20.0']);
  });

  it('the version to read next is the one whose entry names what came, then the one before it to make sure', () => {
    const brought = [['o3'], ...quiet];
    brought[13] = ['gpt-6-rosalind'];
    const { releases, all } = history(
      brought,
      Array.from({ length: 14 }, () => true),
    );
    expect(readAll(releases, all).order).toEqual(['1.0.0', '1.20.0', '1.13.0', '1.12.0']);
  });

  it('the version to read next is the first one on or after the day in a name, when no entry names it', () => {
    const brought = [['o3'], ...quiet];
    brought[16] = ['gpt-audio-2026-01-17'];
    const { releases, all } = history(brought);
    expect(readAll(releases, all).order.slice(2)).toEqual(['1.16.0', '1.15.0']);
  });

  it('the version to read next knows a name by however the entry spells it, and by no address in it', () => {
    const link = '([#1](https://host.example/gpt-7-nova/2))';
    const releases = [
      release('1.0.0', null),
      release('1.1.0', null, `* **api:** fix paging ${link}`),
      release('1.2.0', null, `* **api:** add GPT-7 Nova ${link}`),
      release('1.3.0', null, '* **api:** more of GPT-7 Nova'),
      release('1.4.0', null),
    ];
    const typed = new Map([
      ['1.0.0', new Set<string>()],
      ['1.4.0', new Set(['gpt-7-nova'])],
    ]);
    expect(nextToRead(releases, typed)).toBe('1.2.0');
  });

  it('the version to read next is looked for before what was found is made sure of', () => {
    const brought = [['o3'], ...quiet, ...quiet];
    brought[5] = ['gpt-6-sol'];
    brought[30] = ['gpt-6-luna'];
    const { releases, all } = history(
      brought,
      Array.from({ length: 41 }, () => true),
    );
    expect(readAll(releases, all).order.slice(2, 4).sort()).toEqual(['1.30.0', '1.5.0']);
  });

  it('the version to read next pins every id to its version in the end, and reads none twice', () => {
    const ids = fc.constantFrom('gpt-5.5', 'gpt-6-sol', 'o5-2026-01-09', 'sora-3', 'gpt-image-3');
    const versions = fc.array(fc.uniqueArray(ids, { maxLength: 3 }), {
      minLength: 1,
      maxLength: 28,
    });
    fc.assert(
      fc.property(versions, fc.array(fc.boolean(), { maxLength: 28 }), (brought, names) => {
        const { releases, all } = history(brought, names);
        const { order, typed } = readAll(releases, all);
        expect(new Set(order).size).toBe(order.length);
        const found = firstTyped(releases, typed);
        const firstWith = (id: string) => brought.findIndex((now) => now.some((one) => one === id));
        expect(found.map(({ id }) => id).sort()).toEqual([...new Set(brought.flat())].sort());
        for (const { id, version, unread, goneAfter } of found) {
          expect(version).toBe(`1.${firstWith(id)}.0`);
          expect(unread).toBe(0);
          expect(goneAfter).toBeNull();
        }
      }),
    );
  });
});

describe('where an id was first typed', () => {
  const { releases } = history([[], [], [], [], []]);

  it('where an id was first typed says where it was absent, how many were not read, and after which it is gone', () => {
    const typed = new Map([
      ['1.0.0', new Set(['old'])],
      ['1.3.0', new Set(['old', 'new'])],
      ['1.4.0', new Set(['new'])],
    ]);
    expect(firstTyped(releases, typed)).toEqual([
      { id: 'old', version: '1.0.0', absentIn: null, unread: 0, goneAfter: '1.3.0' },
      { id: 'new', version: '1.3.0', absentIn: '1.0.0', unread: 2, goneAfter: null },
    ]);
  });
});
