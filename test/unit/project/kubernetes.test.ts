import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { Job } from 'kubernetes-models/batch/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Service } from 'kubernetes-models/v1';
import { expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { PROJECT_ROOT } from '../../support/planted-tree.ts';
import { textOf } from '../../support/project-files.ts';

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  spec: Record<string, unknown>;
  data?: Record<string, string>;
}

interface Model {
  validate(): void;
}

interface Pod {
  securityContext: Record<string, unknown>;
  containers: {
    args: string[];
    securityContext: Record<string, unknown>;
    ports?: { name: string }[];
  }[];
}

const FOLDER = 'deploy/kubernetes';
const files = readdirSync(join(PROJECT_ROOT, FOLDER));
const manifests = (
  await Promise.all(
    files.map(async (file) =>
      parseAllDocuments(await textOf(`${FOLDER}/${file}`)).map(
        (document) => document.toJS() as Manifest,
      ),
    ),
  )
).flat();

const MODELS = {
  ConfigMap,
  Deployment,
  HorizontalPodAutoscaler,
  Job,
  PodDisruptionBudget,
  Service,
};

/** Throws where the API of Kubernetes would refuse it. */
function validate(manifest: Manifest): void {
  const { apiVersion, kind } = manifest;
  const KindOf = Object.entries(MODELS).find(([name]) => name === kind)?.[1] as
    | (new (
        data: Manifest,
      ) => Model)
    | undefined;
  if (KindOf === undefined) throw new Error(`There is no ${kind} to hold it against.`);
  const model = new KindOf(manifest);
  expect(model).toMatchObject({ apiVersion, kind });
  model.validate();
}

function named(kind: string, name: string): Manifest {
  const found = manifests.find((one) => one.kind === kind && one.metadata.name === name);
  if (found === undefined) throw new Error(`There is no ${kind} ${name}.`);
  return found;
}

function podOf({ spec }: Manifest): Pod {
  return (spec['template'] as { spec: Pod }).spec;
}

it.each(manifests.map((one) => [`${one.kind} ${one.metadata.name}`, one] as const))(
  'the manifests for Kubernetes have a %s that the API takes',
  (_name, manifest) => {
    expect(() => validate(manifest)).not.toThrow();
  },
);

it('the manifests for Kubernetes are held against a schema that refuses what the API refuses', () => {
  const worker = structuredClone(named('Deployment', 'firsthand-worker'));
  worker.spec['replicas'] = 'three';
  expect(() => validate(worker)).toThrow(/replicas/);
});

it('the manifests for Kubernetes run every pod without rights, on one database and one config', () => {
  const pods = manifests.filter(({ spec }) => spec?.['template'] !== undefined).map(podOf);
  expect(pods).toHaveLength(3);
  for (const { securityContext, containers } of pods) {
    expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    for (const container of containers) {
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.args.slice(-4)).toEqual([
        ...['--config', '/etc/firsthand/config.yaml'],
        ...['--db', 'postgres://firsthand@postgres/firsthand'],
      ]);
    }
  }
});

it('the manifests for Kubernetes scale the workers by a figure that a worker shows', async () => {
  const { spec } = named('HorizontalPodAutoscaler', 'firsthand-worker');
  expect(spec['scaleTargetRef']).toMatchObject({ kind: 'Deployment', name: 'firsthand-worker' });
  const [metric] = spec['metrics'] as { external: { metric: { name: string } } }[];
  expect(await textOf('docs/deploy.md')).toContain(`\`${metric?.external.metric.name}\``);
});

it('the manifests for Kubernetes keep a worker when nodes are drained, by the labels its pods have', () => {
  const worker = named('Deployment', 'firsthand-worker');
  const budget = named('PodDisruptionBudget', 'firsthand-worker');
  expect(budget.spec['selector']).toEqual(worker.spec['selector']);
  expect(budget.spec['minAvailable']).toBe(1);
});
