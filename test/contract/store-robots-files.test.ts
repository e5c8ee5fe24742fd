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
});
