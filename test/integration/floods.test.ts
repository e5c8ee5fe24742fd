import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenPipeline } from '../../src/app/build-pipeline.ts';
import { ignoredOf } from '../../src/read/sources.ts';
import { statusOf } from '../../src/read/status.ts';
import { openTestLine, play } from '../support/open-line.ts';
import { MODELS, modelList, OLD_MODELS } from '../support/pages.ts';

let open: OpenPipeline;
beforeEach(async () => {
  open = await openTestLine();
});
afterEach(() => open.close());

const at = (hour: number) => `2026-04-21T${String(hour).padStart(2, '0')}:00:00.000Z`;

/** A page of somebody; every outlet words it differently, so that none is a copy. */
function told(host: string, hour: number, sentences: readonly string[]) {
  const body = `<html><body><article><h1>What is new</h1>${sentences.map((one) => `<p>${one}</p>`).join('')}</article></body></html>`;
  return { at: at(hour), url: `https://${host}/${hour}`, body, contentType: 'text/html' };
}

const known = (id: string) => open.known.subject(id) !== null;

async function ignored() {
  const targets = await open.known.store.targets.list();
  const rows = await ignoredOf(
    open.known,
    targets.map(({ id, kind }) => ({ target: id, kind })),
  );
  return rows.map(({ target, subjects, why }) => [
    new URL(target.slice(target.indexOf(':') + 1)).host,
    subjects.length,
    why,
  ]);
}

describe('an id that only others name', () => {
  const one = told('a.example', 1, ['OpenAI released gpt-9.9 on Monday.']);

  it('an id that only others name is no subject, and is shown as ignored', async () => {
    await play(open, [one]);
    expect(known('gpt-9.9')).toBe(false);
    expect(await ignored()).toEqual([
      ['a.example', 1, expect.stringContaining('no second independent voice')],
    ]);
  });

  it('an id that only others name is answered by what is said of it when somebody asks', async () => {
    await play(open, [one]);
    const { claims } = await statusOf(open.known, 'gpt-9.9', at(3));
    const released = claims.find(({ facet, value }) => facet === 'released' && value === null);
    expect(released?.level).toBe('rumor');
    await expect(statusOf(open.known, 'gpt-9.8', at(3))).rejects.toThrow('Nothing is known');
  });

  it('an id that only others name becomes one with a second voice, and what the first said counts', async () => {
    await play(open, [one, told('b.example', 2, ['It is here: gpt-9.9 is available now.'])]);
    expect(known('gpt-9.9')).toBe(true);
    const { claims } = await statusOf(open.known, 'gpt-9.9', at(3));
    const released = claims.find(({ facet, value }) => facet === 'released' && value === null);
    expect(released?.voices).toEqual({ pages: 2, groups: 2 });
    expect(await ignored()).toEqual([]);
  });

  it('an id that only others name stays none when the second page is of the same voice', async () => {
    await play(open, [one, told('a.example', 2, ['So gpt-9.9 is available now.'])]);
    expect(known('gpt-9.9')).toBe(false);
  });

  it('an id that only others name becomes one when the vendor shows it, and what was said before counts', async () => {
    const list = (hour: number, ids: readonly string[]) => ({
      ...{ at: at(hour), url: MODELS, body: modelList([...OLD_MODELS, ...ids]) },
    });
    await play(open, [list(0, []), one, list(2, ['gpt-9.9']), list(3, ['gpt-9.9'])]);
    const { claims, discovered } = await statusOf(open.known, 'gpt-9.9', at(4));
    expect(discovered?.firstHand).toBe(true);
    expect(claims.filter(({ voices }) => voices.groups > 0).length).toBeGreaterThanOrEqual(2);
  });
});

describe('a page that names more unknown ids than anybody can mean', () => {
  const flood = (verb: string) =>
    Array.from({ length: 31 }, (_, index) => `OpenAI ${verb} gpt-${index + 20}-mini today.`);

  it('a page that names more unknown ids than anybody can mean names none of them, though another page names them too, and says so', async () => {
    await play(open, [
      told('a.example', 1, [...flood('released'), 'OpenAI released gpt-5.4 in March.']),
      told('b.example', 2, flood('launched')),
    ]);
    expect(known('gpt-20-mini')).toBe(false);
    expect(await ignored()).toEqual([
      ['a.example', 31, expect.stringContaining('more than 30')],
      ['b.example', 31, expect.stringContaining('more than 30')],
    ]);
    const { claims } = await statusOf(open.known, 'gpt-5.4', at(3));
    const released = claims.find(({ facet, value }) => facet === 'released' && value === null);
    expect(released?.voices.pages).toBe(1);
  });
});
