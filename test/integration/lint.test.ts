import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { manualClock } from '../../src/domain/clock.ts';
import { type LintOptions, lint } from '../../src/operations/lint.ts';
import { asked, typed } from '../support/command-line.ts';
import { AFTER_LAUNCH, type LaunchSite, openLaunchSite } from '../support/launch-site.ts';
import { PROJECT_ROOT } from '../support/planted-tree.ts';
import { undocumentedIn } from '../support/shapes.ts';
import { lastingFolder } from '../support/store.ts';

let site: LaunchSite;
const folder = lastingFolder();

beforeAll(async () => {
  site = await openLaunchSite();
  const files = {
    'src/draw.ts': 'const model = "dall-e-2";\nconst other = "gpt-image-2";\n',
    'config.yaml': 'model: gpt-99-nova\n',
    'node_modules/x/index.js': 'exports.model = "dall-e-3";\n',
    'made/out.js': 'exports.model = "dall-e-3";\n',
    '.gitignore': 'made/\n',
    'picture.png': '\0dall-e-3',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync('/', join(folder, 'root'));
});

function options(over: Partial<LintOptions> = {}): LintOptions {
  return {
    ...{ config: join(PROJECT_ROOT, 'config.yaml'), db: site.path, environment: {}, folder },
    ...{ paths: ['.'], failOn: ['retired'], within: 90, ...over },
  };
}

it('lint finds what is retired or unknown, with file, line and what to use instead', async () => {
  const report = await lint(options(), manualClock(AFTER_LAUNCH));
  expect(report.findings).toEqual([
    expect.objectContaining({
      file: 'config.yaml',
      line: 1,
      id: 'gpt-99-nova',
      state: 'unknown',
    }),
    expect.objectContaining({ file: 'src/draw.ts', line: 1, column: 16, isFailure: true }),
  ]);
  expect(report.findings[1]?.message).toBe(
    'dall-e-2 was retired on 2026-05-12. Use gpt-image-1 or gpt-image-1-mini. See https://developers.openai.com/api/docs/deprecations.',
  );
  expect(report.models).toBe(3);
  expect(await undocumentedIn('lint', JSON.stringify(report))).toEqual([]);
});

it('lint tells of a shutdown ahead within so many days, and not before', async () => {
  const clock = manualClock('2026-05-10T12:00:00.000Z');
  const near = await lint(options({ paths: ['src'], failOn: ['retiring'] }), clock);
  expect(near.findings[0]).toMatchObject({ state: 'retiring', isFailure: true });
  expect((await lint(options({ paths: ['src'], within: 1 }), clock)).findings).toEqual([]);
});

it('lint does not take a list that was read long ago for a no', async () => {
  const late = await lint(
    options({ paths: ['config.yaml'] }),
    manualClock('2026-11-01T00:00:00.000Z'),
  );
  expect(late.findings[0]).toMatchObject({ state: 'cannot-say', isFailure: false });
});

it('lint exits 1 for what it is told to fail on, in every format', async () => {
  const own = ['--db', site.path, '--config', join(PROJECT_ROOT, 'config.yaml')];
  const src = join(folder, 'src');
  const text = await typed(['lint', src, ...own]);
  expect([text.code, text.stdout]).toEqual([1, expect.stringContaining('dall-e-2 was retired')]);
  const sarif = await typed(['lint', src, ...own, '--format', 'sarif']);
  expect(JSON.parse(sarif.stdout).runs[0].results).toHaveLength(1);
  const github = await typed(['lint', src, ...own, '--format', 'github']);
  expect(github.stdout).toMatch(/^::error file=/);
  const none = await typed(['lint', src, ...own, '--fail-on', 'unknown']);
  expect(none.code).toBe(0);
  const report = await asked<{ findings: unknown[] }>(['lint', src, ...own], 1);
  expect(report.findings).toHaveLength(1);
  expect((await typed(['lint', 'nowhere', ...own])).code).toBe(3);
  expect((await typed(['lint', src, ...own, '--fail-on', 'old'])).code).toBe(2);
});
