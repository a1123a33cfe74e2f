// What the figures of the cluster count, and what the command says where there is no cluster.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { effectsOf, lastLine } from './figures.mts';

const order = (rows: [number, number, number][], residual = 0) => ({
  ...{ completedMs: 1, residual, retriedRequests: 0 },
  rows: rows.map(([matched, changed, already]) => ({ matched, changed, already })),
});

it.each([
  ['each record once', order([[3, 3, 0]]), { effectsTwice: 0, lost: 0 }],
  [
    'a record that was done already',
    order([
      [3, 2, 1],
      [1, 1, 0],
    ]),
    { effectsTwice: 1, lost: 0 },
  ],
  ['a record that was left', order([[3, 2, 0]]), { effectsTwice: 0, lost: 1 }],
  ['a residual', order([[3, 3, 0]], 2), { effectsTwice: 0, lost: 2 }],
])('counts %s', (_, figures, expected) => expect(effectsOf(figures)).toEqual(expected));

it('reads the figures from the last line', () => expect(lastLine('首行\n{"residual":0}\n')).toEqual({ residual: 0 }));

it('says how to get a cluster', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(__dirname, 'cluster.mts')], {
    env: { ...process.env, KUBECONFIG: '/dev/null', PATH: '/nowhere' },
    encoding: 'utf8',
  });
  expect(stderr).toMatch(/No Kubernetes cluster answers[\s\S]*to mend it: install kubectl/);
  expect(status).toBe(1);
});
