import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkView } from '../../src/cli/check-summary.ts';
import { type HttpSite, openSite } from '../support/http-site.ts';
import { publishOn } from '../support/npm-registry.ts';
import { type PassOverSite, passOverSite } from '../support/pass-over-site.ts';

let over: PassOverSite;
afterEach(() => over.close());

describe('a check of the package', () => {
  let registry: HttpSite;
  beforeEach(async () => {
    registry = await openSite();
    vi.stubEnv('npm_config_registry', registry.origin);
    over = await passOverSite({ hosts: [], config: { follow: { subjects: ['gpt-image-2'] } } });
  });
  afterEach(() => registry.abandon());

  const publish = (version: string, ids: readonly string[]) =>
    publishOn(registry, 'openai', {
      latest: version,
      versions: {
        [version]: {
          'CHANGELOG.md': `# Changelog\n\n## [${version}](https://host.example/${version}) (2026-11-20)\n\n### Features\n\n* **api:** more models\n`,
          'resources/shared.d.ts': `export type ChatModel = ${ids.map((id) => `'${id}'`).join(' | ')};\n`,
        },
      },
    });

  it('a check of the package reports the newest version, its models, and those that no catalogue holds', async () => {
    publish('9.0.0', ['gpt-image-2', 'gpt-5.4', 'gpt-9-nova']);
    const first = await over.pass('openai-sdk-node');
    expect(first.reports.map(({ error }) => error?.message ?? null)).toEqual([null]);
    const [news] = first.packages;
    expect(news).toMatchObject({
      package: 'openai',
      version: '9.0.0',
      day: '2026-11-20',
      models: ['gpt-5.4', 'gpt-9-nova', 'gpt-image-2'],
      discovered: ['gpt-9-nova'],
      isNew: true,
    });
    expect(news?.integrity).toMatch(/^sha512-/);
    expect(checkView(first)).toMatchObject({ packages: [{ version: '9.0.0' }] });
  });

  it('a check of the package follows what a later version reveals, and tells of it', async () => {
    publish('9.0.0', ['gpt-image-2', 'gpt-5.4']);
    await over.pass('openai-sdk-node');
    publish('9.1.0', ['gpt-image-2', 'gpt-5.4', 'gpt-image-9']);
    const second = await over.pass('openai-sdk-node');
    expect(second.packages[0]).toMatchObject({ version: '9.1.0', discovered: ['gpt-image-9'] });
    const moved = second.reports.flatMap(({ transitions }) => transitions);
    expect(moved.map(({ subject, to }) => [subject, to.level])).toContainEqual([
      'gpt-image-9',
      'confirmed',
    ]);
    expect(second.alerts.map(({ subject }) => subject)).toContain('gpt-image-9');
  });
});
