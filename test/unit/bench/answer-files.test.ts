import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { recordedAnswers } from '../../../bench/accuracy/answer-files.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firsthand-answers-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('recorded answers are found by the page they are about, the last of several', () => {
  const file = join(folder, 'answers.jsonl');
  const line = (page: string, outcome: string) => JSON.stringify({ page, outcome });
  writeFileSync(file, `${line('talk:a', 'refused')}\n\n${line('talk:a', 'answered')}\n`);
  expect([...recordedAnswers(file)].map(([page, { outcome }]) => [page, outcome])).toEqual([
    ['talk:a', 'answered'],
  ]);
});

it('recorded answers are none where the file is not there yet', () => {
  expect(recordedAnswers(join(folder, 'none.jsonl')).size).toBe(0);
});
