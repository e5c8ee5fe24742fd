import { readFileSync } from 'node:fs';
import { packageRoot } from '../package-root.ts';

export function packageVersion(): string {
  const text = readFileSync(`${packageRoot()}/package.json`, 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  return version;
}
