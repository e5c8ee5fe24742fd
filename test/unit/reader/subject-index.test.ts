import { expect, it } from 'vitest';
import { discoveredSubject } from '../../../src/core/names/discovered.ts';
import type { Subject } from '../../../src/domain/subject.ts';
import { openSubjectIndex } from '../../../src/reader/subject-index.ts';
import { catalog } from '../../support/names.ts';

const empty = openSubjectIndex(catalog, []);

function found(name: string, firstHand: boolean): Subject {
  const discovery = { at: '2026-04-01T00:00:00.000Z', target: 't', snapshot: 's', firstHand };
  return { ...discoveredSubject('gpt-77', 'openai', empty.names(), discovery), name };
}

it.each([
  ['two pages of a vendor find at once', true, 'GPT-77'],
  ['talk named first', false, 'GPT 77 as the vendor says'],
])('a model that %s goes by the name that the database keeps', (_what, isVendorFirst, name) => {
  const index = openSubjectIndex(catalog, []);
  index.learn([found('GPT-77', isVendorFirst)]);
  index.learn([found('GPT 77 as the vendor says', true)]);
  index.learn([found('gpt seventy-seven', false)]);
  expect(index.names().subject('gpt-77')?.name).toBe(name);
});
