import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The notes of a release: the section of CHANGELOG.md for its version. Throws when the tag is not the version of
 * package.json, or the changelog has no section of it.
 * @param {string} tag `v1.2.3`
 * @param {{ version: string, changelog: string }} project
 * @returns {string}
 */
export function releaseNotes(tag, { version, changelog }) {
  if (tag !== `v${version}`) {
    throw new Error(
      `The tag ${tag} is not the version of package.json, ${version}: mend one of them.`,
    );
  }
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((one) => one.startsWith(version) || one.startsWith(`[${version}]`));
  const notes = section?.slice(section.indexOf('\n')).trim() ?? '';
  if (notes === '') {
    throw new Error(`CHANGELOG.md says nothing of ${version}: give it a section "## ${version}".`);
  }
  return notes;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = join(fileURLToPath(import.meta.url), '../..');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  process.stdout.write(`${releaseNotes(process.argv[2] ?? '', { version, changelog })}\n`);
}
