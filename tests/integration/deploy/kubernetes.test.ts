import { readdirSync, readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { expect, test } from 'vitest';
import { ROOT } from './compose-file.js';
import { sourcesNaming } from './source-files.js';

interface Pod {
  automountServiceAccountToken: boolean;
  volumes: { name: string }[];
  containers: {
    image: string;
    envFrom: { configMapRef?: { name: string }; secretRef?: { name: string } }[];
    volumeMounts: { name: string }[];
    livenessProbe: { exec: { command: string[] } };
  }[];
}

interface Resource {
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  resources?: string[];
  images?: { name: string }[];
  spec?: {
    selector?: { matchLabels: Record<string, string> };
    template?: { metadata: { labels: Record<string, string> }; spec: Pod };
  };
}

const FOLDER = `${ROOT}deploy/kubernetes/`;
const files = readdirSync(FOLDER);
const read = (file: string): Resource[] =>
  parseAllDocuments(readFileSync(FOLDER + file, 'utf8')).map((document) => {
    expect(document.errors, file).toEqual([]);
    return document.toJS() as Resource;
  });
const all = files.flatMap(read);
const workloads = all.filter(({ spec }) => spec?.template !== undefined);
const podOf = (resource: Resource): Pod => {
  const pod = resource.spec?.template?.spec;
  if (!pod) throw new Error(`${resource.metadata.name} has no pods`);
  return pod;
};

test('kustomize takes every file but the example of secrets, and names an image for each container', () => {
  const kustomization = all.find(({ kind }) => kind === 'Kustomization');
  const others = files.filter((file) => !['kustomization.yaml', 'secrets.example.yaml'].includes(file));
  expect(kustomization?.resources?.toSorted()).toEqual(others.toSorted());
  const images = kustomization?.images?.map(({ name }) => name);
  for (const workload of workloads)
    for (const { image } of podOf(workload).containers) expect(images).toContain(image);
});

test.each(workloads.map((one) => [one.metadata.name, one] as const))(
  '%s selects its own pods, mounts what it has, and is told by what there is',
  (_, workload) => {
    const { selector, template } = workload.spec ?? {};
    expect(template?.metadata.labels).toEqual(selector?.matchLabels);
    const pod = podOf(workload);
    expect(pod.automountServiceAccountToken).toBe(false);
    const volumes = pod.volumes.map(({ name }) => name).toSorted();
    for (const { volumeMounts, envFrom, livenessProbe } of pod.containers) {
      expect(volumeMounts.map(({ name }) => name).toSorted()).toEqual(volumes);
      const sources = envFrom.map(({ configMapRef, secretRef }) => (configMapRef ?? secretRef)?.name);
      const named = all.filter(({ kind }) => kind === 'Secret' || kind === 'ConfigMap');
      for (const source of sources) expect(named.map(({ metadata }) => metadata.name)).toContain(source);
      expect(livenessProbe.exec.command.join(' ')).toMatch(/health/);
    }
  },
);

test('device workers get neither the database nor the keys of models', () => {
  const devices = workloads.filter(({ metadata }) => metadata.name !== 'autolift-control');
  expect(devices).toHaveLength(2);
  for (const device of devices)
    for (const { envFrom } of podOf(device).containers)
      expect(envFrom.map(({ secretRef }) => secretRef?.name).filter(Boolean)).toEqual(['autolift-device']);
  const secret = all.find(({ kind, metadata }) => kind === 'Secret' && metadata.name === 'autolift-device');
  expect(Object.keys(secret?.stringData ?? {}).join(' ')).not.toMatch(/DATABASE|OPENAI/);
});

test('no secret is filled in, and each variable is read by somebody', () => {
  for (const { stringData = {} } of all)
    for (const value of Object.values(stringData)) expect(value).toBe('');
  const variables = all.flatMap(({ data = {}, stringData = {} }) => Object.keys({ ...data, ...stringData }));
  const standard = /^(TEMPORAL|AWS)_/;
  for (const name of variables) if (!standard.test(name)) expect(sourcesNaming(name), name).not.toEqual([]);
});
