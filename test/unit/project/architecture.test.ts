import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { textOf } from '../../support/project-files.ts';

interface Direction {
  name: string;
  to: { pathNot?: readonly string[] };
}

const page = await textOf('docs/architecture.md');
const { forbidden } = createRequire(import.meta.url)('../../../.dependency-cruiser.cjs') as {
  forbidden: readonly Direction[];
};

/** `^src/log(/|\.ts$)` back to `src/log`. */
function placeIn(pattern: string): string {
  return pattern.replace('^', '').replace('(/|\\.ts$)', '').replaceAll('\\', '');
}

/** Which rooms each room may import, as the bounds enforce it. */
const bounds = new Map(
  forbidden
    .filter(({ name }) => name.startsWith('direction:'))
    .map(({ name, to }) => {
      const room = name.slice('direction:'.length);
      return [room, (to.pathNot ?? []).map(placeIn).filter((place) => place !== room)] as const;
    }),
);

function section(heading: string): string {
  return page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
}

/** The places that a text names. */
function placesIn(text: string): readonly string[] {
  return [...text.matchAll(/`((?:src|watchers|data|docs)(?:\/[\w./-]*)?)`/g)].map(
    ([, place = '']) => place,
  );
}

/** A room that is a file goes without its ending. */
function unended(place: string): string {
  return place.replace(/\.ts$/, '');
}

it('the page on the architecture names only files and folders that exist', () => {
  const places = placesIn(page);
  expect(places.length).toBeGreaterThan(80);
  const missing = places.filter((one) => !existsSync(one));
  expect(missing).toEqual([]);
});

it('the page on the architecture gives the import table that the bounds enforce', () => {
  const told = new Map(
    [...section('Who may import whom').matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(
      ([, room = '', imports = '']) => [unended(room), placesIn(imports).map(unended)] as const,
    ),
  );
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(bounds));
});

it('the page on the architecture says what every room of src and of its core holds', () => {
  const rooms = placesIn(section('The rooms')).map(unended);
  const there = ['src', 'src/core'].flatMap((room) =>
    readdirSync(room).map((name) => `${room}/${unended(name)}`),
  );
  expect(there.filter((room) => !rooms.includes(room))).toEqual([]);
});

it('the page on the architecture tells the six calls in the order in which a check makes them', async () => {
  const check = await textOf('src/pipeline/check.ts');
  const body = check.slice(check.indexOf('export async function check('));
  const calls = [
    'fetchTarget(',
    'keepSnapshot(',
    'extractItems(',
    'interpret(',
    'judge(',
    'commit(',
  ];
  const places = calls.map((call) => body.indexOf(call));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  const told = [...section('The pipeline').matchAll(/^\| (\w+) \| .+ \| .+ \|$/gm)];
  expect(told.slice(1).map(([, call]) => call)).toEqual(
    calls.map((call) => /^[a-z]+/.exec(call)?.[0]),
  );
});

it('the page on the architecture keeps the check on one screen', async () => {
  const check = await textOf('src/pipeline/check.ts');
  const body = /export async function check\([\s\S]*?\n\}\n/.exec(check)?.[0] ?? '';
  expect(body.split('\n').length).toBeGreaterThan(10);
  expect(body.split('\n').length).toBeLessThanOrEqual(60);
});
