import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import {
  assignments,
  contextFilter,
  lastOf,
  readDockerfile,
  wordsOf,
} from '../../../scripts/dockerfile.mjs';
import { main } from '../../../src/cli/program.ts';
import { PROJECT_ROOT, plantTree } from '../../support/planted-tree.ts';
import { textOf } from '../../support/project-files.ts';

const dockerfile = await textOf('Dockerfile');
const stages = readDockerfile(dockerfile);
const page = await textOf('docs/deploy.md');

it('the Dockerfile is read with its stages, its continued lines and the arguments it begins with', () => {
  const text =
    'ARG V=20\n# a word\nFROM node:${V} AS one\nRUN a \\\n  # inside\n  && b\n\nFROM one AS two\nCMD ["x", "y z"]\n';
  expect(readDockerfile(text)).toEqual([
    { name: 'one', from: 'node:20', steps: [{ instruction: 'RUN', value: 'a  && b', line: 4 }] },
    { name: 'two', from: 'one', steps: [{ instruction: 'CMD', value: '["x", "y z"]', line: 9 }] },
  ]);
  expect(assignments('A=1 B="two words"')).toEqual({ A: '1', B: 'two words' });
  expect(wordsOf('["x", "y z"]')).toEqual(['x', 'y z']);
  expect(wordsOf('x y')).toEqual(['sh', '-c', 'x y']);
});

it('the Dockerfile builds apart from what runs, with a slim image and one with a browser', () => {
  expect(stages.map(({ name, from }) => [name, from.split('@')[0]])).toEqual([
    ['build', 'node:20-bookworm'],
    ['slim', 'node:20-bookworm-slim'],
    ['browser', 'slim'],
  ]);
});

it('the Dockerfile pins the images it begins with by their digests, where dependency updates find them', () => {
  const digests = stages.slice(0, 2).map(({ from }) => from.split('@')[1]);
  for (const digest of digests) expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(new Set(digests).size).toBe(2);
  expect(dockerfile).not.toContain('ARG');
});

it.each(['slim', 'browser'])(
  'the Dockerfile ends %s as a user without rights, under tini, with one volume and a health check',
  (name) => {
    expect(lastOf(stages, name, 'USER')).toBe('node');
    expect(wordsOf(lastOf(stages, name, 'ENTRYPOINT') ?? '')).toEqual(['tini', '--', 'firsthand']);
    expect(lastOf(stages, name, 'VOLUME')).toBe('/app/data/state');
    const [, port] = /--port", "(\d+)"/.exec(lastOf(stages, name, 'CMD') ?? '') ?? [];
    expect(lastOf(stages, name, 'HEALTHCHECK')).toContain(`127.0.0.1:${port}/healthz`);
    const owned = stages.flatMap(({ steps }) => steps).filter(({ value }) => /chown/.test(value));
    expect(owned.map(({ value }) => /chown \S+ \S+/.exec(value)?.[0])).toEqual([
      'chown node:node data/state',
    ]);
  },
);

it('the Dockerfile takes in what is tracked and nothing that was made here', async () => {
  const wanted = contextFilter(await textOf('.dockerignore'));
  const made = [
    'node_modules/a',
    'dist/bin',
    'dist.1/x',
    'data/state/firsthand.db',
    'a.tgz',
    '.git/HEAD',
  ];
  expect(made.filter(wanted)).toEqual([]);
  const needed = [
    'src/log.ts',
    'scripts/setup.mjs',
    'data/catalog/models.yaml',
    'package.json',
    'LICENSE',
  ];
  expect(needed.filter(wanted)).toEqual(needed);
});

interface Compose {
  services: Record<
    string,
    Record<string, unknown> & { build: { target: string }; volumes: string[] }
  >;
  volumes: Record<string, unknown>;
}

it('compose.yaml runs a stage of the Dockerfile without rights, and keeps the database in its one volume', async () => {
  const compose: Compose = parse(await textOf('compose.yaml'));
  const service = compose.services['firsthand'];
  expect(service).toMatchObject({
    ...{ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] },
    ...{ tmpfs: ['/tmp'], restart: 'unless-stopped' },
  });
  expect(stages.map(({ name }) => name)).toContain(service?.build.target);
  const places = service?.volumes.map((volume) => volume.split(':'));
  expect(places).toEqual([
    [Object.keys(compose.volumes)[0], '/app/data/state'],
    ['./config.yaml', '/app/config.yaml', 'ro'],
  ]);
});

it('compose.yaml has three workers and a server on Postgres, confined alike, once the tables are made', async () => {
  const { services } = parse(await textOf('compose.yaml'), { merge: true });
  const { firsthand, postgres, migrate, worker, server } = services;
  expect(postgres).toMatchObject({ image: 'postgres:17', profiles: ['scale'] });
  expect(worker.deploy).toEqual({ replicas: 3 });
  for (const service of [migrate, worker, server]) {
    const { read_only, cap_drop, security_opt, tmpfs, volumes } = firsthand;
    expect(service).toMatchObject({ read_only, cap_drop, security_opt, tmpfs, volumes });
    expect(service.profiles).toEqual(['scale']);
    expect(service.command.slice(-2)).toEqual(['--db', 'postgres://firsthand@postgres/firsthand']);
    expect(service.environment).toMatchObject({
      ...firsthand.environment,
      PGPASSWORD: expect.any(String),
    });
  }
  const isMade = { migrate: { condition: 'service_completed_successfully' } };
  expect([worker.depends_on, server.depends_on]).toEqual([isMade, isMade]);
});

const HAS_SYSTEMD = spawnSync('systemd-analyze', ['--version']).status === 0;
const units = readdirSync(join(PROJECT_ROOT, 'deploy')).filter((name) =>
  /\.(service|timer)$/.test(name),
);

it.skipIf(!HAS_SYSTEMD)('the units of systemd are sound', async () => {
  const texts = await Promise.all(units.map((unit) => textOf(`deploy/${unit}`)));
  // Whether the program is installed is the machine's business.
  const installed = texts.map((text) => text.replace('/usr/local/bin/firsthand', '/bin/true'));
  const folder = await plantTree(
    Object.fromEntries(units.map((unit, at) => [unit, installed[at] ?? ''])),
  );
  const paths = units.map((unit) => join(folder, unit));
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', ...paths], {
    encoding: 'utf8',
    env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` },
  });
  expect(stderr.split('\n').filter((line) => line.includes('firsthand'))).toEqual([]);
  expect(status).toBe(0);
});

it('the units of systemd confine the pass as they confine the daemon', async () => {
  const [daemon, pass] = await Promise.all(
    ['firsthand', 'firsthand-check'].map((name) => textOf(`deploy/${name}.service`)),
  );
  const confined = (text = '') => text.split('DynamicUser=')[1]?.split('[Install]')[0]?.trim();
  expect(confined(pass)).toBe(confined(daemon));
  expect(confined(daemon)).toContain('ProtectSystem=strict');
});

/** Every call of the program that a page shows, word by word. */
function callsIn(text: string): readonly string[][] {
  const blocks = [...text.matchAll(/```(?:sh)?\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  const spans = [...text.replaceAll(/```[\s\S]*?```/g, '').matchAll(/`([^`\n]+)`/g)];
  const lines = [
    ...blocks.flatMap((block) => block.split('\n')),
    ...spans.map(([, span = '']) => span),
  ];
  return lines.flatMap((line) => {
    const [, call] =
      /(?:^|exec |sudo |--no |firsthand:slim |\d )(?:firsthand )?((?:firsthand |check --due)[^>&|#]*)/.exec(
        line,
      ) ?? [];
    return call === undefined
      ? []
      : [
          call
            .replace(/^firsthand /, '')
            .trim()
            .split(/\s+/),
        ];
  });
}

async function helpOf(command: string): Promise<string> {
  const written: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  await main([command, '--help']);
  write.mockRestore();
  return written.join('');
}

it('docs/deploy.md shows commands and options that exist', async () => {
  const job = parse(/```yaml\n(apiVersion[\s\S]*?)```/.exec(page)?.[1] ?? '');
  const { containers } = job.spec.jobTemplate.spec.template.spec;
  const calls = [...callsIn(page), containers[0].args as string[]];
  expect(new Set(calls.map(([command]) => command))).toEqual(
    new Set(['check', 'daemon', 'status', 'prune', 'backup', 'restore', 'doctor']),
  );
  for (const [command = '', ...words] of calls) {
    const help = await helpOf(command);
    const options = words.filter((word) => word.startsWith('--'));
    for (const option of options) expect(help, `${command} ${option}`).toContain(`${option} `);
  }
  for (const { value } of stages
    .flatMap(({ steps }) => steps)
    .filter(({ instruction }) => instruction === 'CMD')) {
    const [command = '', option = ''] = wordsOf(value);
    expect(await helpOf(command)).toContain(option);
  }
});

it('docs/deploy.md confines the CronJob like the container of compose.yaml', () => {
  const job = parse(/```yaml\n(apiVersion[\s\S]*?)```/.exec(page)?.[1] ?? '');
  const pod = job.spec.jobTemplate.spec.template.spec;
  expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
  expect(pod.containers[0].securityContext).toMatchObject({
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  const mounted = pod.containers[0].volumeMounts.map(
    ({ mountPath }: { mountPath: string }) => mountPath,
  );
  expect(mounted).toContain(lastOf(stages, 'slim', 'VOLUME'));
  const volumes = pod.volumes.map(({ name }: { name: string }) => name);
  expect(pod.containers[0].volumeMounts.map(({ name }: { name: string }) => name)).toEqual(volumes);
});

it('docs/deploy.md names images, units and files that exist', () => {
  const targets = [...page.matchAll(/--target (\w+)/g)].map(([, target]) => target);
  for (const target of targets) expect(stages.map(({ name }) => name)).toContain(target);
  expect(targets).toHaveLength(2);
  const named = [...page.matchAll(/deploy\/([\w.-]+)/g)].map(([, unit]) => unit);
  expect([...new Set(named)].sort()).toEqual([...units].sort());
});
