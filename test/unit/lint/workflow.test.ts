import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { textOf } from '../../support/project-files.ts';
import { callsIn, refusalOf } from '../../support/shown-commands.ts';

interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<string, { steps: { run?: string; uses?: string }[] }>;
}

it('the workflow for GitHub Actions calls firsthand as it can be called, and may write nothing but findings', async () => {
  const workflow: Workflow = parse(await textOf('deploy/github-lint.yml'));
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
  const calls = steps.flatMap(({ run = '' }) => callsIn(run));
  expect(calls.map(([command]) => command)).toEqual(['check', 'lint', 'lint']);
  expect(await Promise.all(calls.map(refusalOf))).toEqual([null, null, null]);
  expect(workflow.permissions).toEqual({ contents: 'read', 'security-events': 'write' });
});
