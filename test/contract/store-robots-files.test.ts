import { describe, expect, test } from 'vitest';
import { minute } from '../support/store-makers.ts';
import { STORES } from '../support/stores.ts';

describe.each(STORES)('the robots.txt files in $database', ({ open }) => {
  test('a file is kept by origin, as it was read last, and one that is absent is remembered too', async () => {
    const { robotsFiles } = await open();
    expect(await robotsFiles.get('https://a.example')).toBeNull();
    await robotsFiles.put('https://a.example', { text: 'User-agent: *\n', readAt: minute(1) });
    await robotsFiles.put('https://b.example', { text: null, readAt: minute(1) });
    await robotsFiles.put('https://a.example', { text: 'a \u0000 b', readAt: minute(2) });
    expect(await robotsFiles.get('https://a.example')).toEqual({
      text: 'a \u0000 b',
      readAt: minute(2),
    });
    expect(await robotsFiles.get('https://b.example')).toEqual({ text: null, readAt: minute(1) });
  });

  test('many files are given as they were read last, short and long, and again', async () => {
    const { robotsFiles } = await open();
    const long = '# long\n'.repeat(1_000);
    const files = Array.from({ length: 40 }, (_, n) => ({
      origin: `https://host-${n}.example`,
      file: { text: [null, `# ${n}`, long][n % 3] ?? null, readAt: minute(n) },
    }));
    for (const { origin, file } of files) await robotsFiles.put(origin, file);
    for (const _again of [1, 2]) {
      for (const { origin, file } of files) expect(await robotsFiles.get(origin)).toEqual(file);
    }
    const later = { text: '# later', readAt: minute(50) };
    await robotsFiles.put('https://host-1.example', later);
    expect(await robotsFiles.get('https://host-1.example')).toEqual(later);
  });
});
