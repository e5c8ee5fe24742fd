import { expect, it } from 'vitest';
import { releaseNotes } from '../../../scripts/release-notes.mjs';

const changelog =
  '# Changelog\n\n## Unreleased\n\n- Later.\n\n## 1.2.0 - 2026-05-01\n\n- Now.\n\n## 1.1.0\n\n- Then.\n';

it('the notes of a release are the section of its version in the changelog', () => {
  expect(releaseNotes('v1.2.0', { version: '1.2.0', changelog })).toBe('- Now.');
  expect(releaseNotes('v1.1.0', { version: '1.1.0', changelog })).toBe('- Then.');
});

it('the notes of a release are refused when the tag is not the version of the package', () => {
  expect(() => releaseNotes('v1.3.0', { version: '1.2.0', changelog })).toThrow(/not the version/);
});

it('the notes of a release are refused when the changelog says nothing of the version', () => {
  expect(() => releaseNotes('v2.0.0', { version: '2.0.0', changelog })).toThrow(/says nothing/);
});
