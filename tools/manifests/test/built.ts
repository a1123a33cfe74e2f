// The overlays as Kustomize builds them, from a copy of infra/k8s with secrets made for the test.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSecrets } from '../src/secrets';
import { at, type Json } from './json';
import { kustomized } from './kustomize';

export const ROOT = join(__dirname, '../../..');

export interface Built {
  readonly kind: string;
  readonly name: string;
  readonly json: Json;
}

/** Builds each overlay. */
export const buildOverlays = <O extends string>(overlays: readonly O[]): Readonly<Record<O, readonly Built[]>> => {
  const copy = mkdtempSync(join(tmpdir(), 'hengji-manifests-'));
  try {
    cpSync(join(ROOT, 'infra/k8s'), join(copy, 'infra/k8s'), { recursive: true, filter: (path) => !path.endsWith('/secrets') });
    makeSecrets(copy);
    const build = (overlay: O): Built[] =>
      kustomized(join(copy, 'infra/k8s/overlays', overlay)).map((json) => ({
        ...{ kind: String(json['kind']), name: String(at(json, 'metadata.name')) },
        json,
      }));
    return Object.fromEntries(overlays.map((overlay) => [overlay, build(overlay)])) as Record<O, Built[]>;
  } finally {
    rmSync(copy, { recursive: true });
  }
};
