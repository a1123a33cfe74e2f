// The platform on a cluster, from an empty namespace to a completed order, and an order during which a pod of each service is deleted.
import { fileURLToPath } from 'node:url';
import { SERVICES } from '../start/services.mts';
import { effectsOf, lastLine, type OrderFigures } from './figures.mts';
import { kubectl, kubectlJson, run } from './kubectl.mts';

const folder = (overlay: string) => fileURLToPath(new URL(`../../infra/k8s/overlays/${overlay}`, import.meta.url));
const READY_WITHIN = '900s';
const JOB_WITHIN = '1800s';

type Log = (line: string) => void;

/** @returns seconds until every pod of every workload is ready */
export const applyUntilReady = async (overlay: string, log: Log): Promise<number> => {
  const began = performance.now();
  log(`kubectl apply -k infra/k8s/overlays/${overlay}`);
  await run('kubectl', ['apply', '-k', folder(overlay)]);
  for (const kind of ['statefulset', 'deployment']) {
    const { items } = await kubectlJson<{ items: { metadata: { name: string } }[] }>('get', kind);
    for (const { metadata } of items) await kubectl('rollout', 'status', `${kind}/${metadata.name}`, `--timeout=${READY_WITHIN}`);
  }
  return Math.round((performance.now() - began) / 100) / 10;
};

/** Starts a job of the sample province. @returns its name */
const startJob = async (from: string, args: readonly string[] = []): Promise<string> => {
  const name = `${from}-${Date.now()}`;
  const job = JSON.parse(await kubectl('create', 'job', name, `--from=cronjob/${from}`, '--dry-run=client', '--output=json')) as {
    spec: { template: { spec: { containers: { command: string[] }[] } } };
  };
  for (const container of job.spec.template.spec.containers) container.command.push(...args);
  const script = `kubectl --namespace hengji create --filename - <<'JOB'\n${JSON.stringify(job)}\nJOB`;
  await run('sh', ['-c', script]);
  return name;
};

const jobState = async (name: string): Promise<'succeeded' | 'failed' | 'running'> => {
  const { status } = await kubectlJson<{ status: { succeeded?: number; failed?: number } }>('get', 'job', name);
  return status.succeeded ? 'succeeded' : status.failed ? 'failed' : 'running';
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** @returns what it printed */
const untilEnded = async (name: string): Promise<string> => {
  const until = Date.now() + Number.parseInt(JOB_WITHIN, 10) * 1_000;
  let state = await jobState(name);
  while (state === 'running' && Date.now() < until) {
    await pause(1_000);
    state = await jobState(name);
  }
  const printed = await kubectl('logs', `job/${name}`).catch((error: { output?: string }) => error.output ?? '');
  if (state !== 'succeeded') throw new Error(`the job ${name} ${state}:\n${printed}`);
  return printed;
};

export const loadProvince = async (log: Log) => {
  log('loading the sample province');
  await untilEnded(await startJob('province-load'));
};

export const carryOutOrder = async (log: Log): Promise<OrderFigures> => {
  log('carrying out an order');
  return lastLine(await untilEnded(await startJob('province-order')));
};

interface Pod {
  readonly metadata: { readonly name: string };
}

/** Names of the pods of a service. */
const podsOf = async (service: string): Promise<string[]> => {
  const { items } = await kubectlJson<{ items: Pod[] }>('get', 'pods', '--selector', `app.kubernetes.io/name=${service}`);
  return items.map(({ metadata }) => metadata.name);
};

const deleteOnePodOfEach = async (log: Log): Promise<string[]> => {
  const deleted: string[] = [];
  for (const { name } of SERVICES) {
    const pods = await podsOf(name);
    // What has one pod by design (simulators, the demo's accounts) is away while its pod is: there is nothing to find out.
    if (pods.length < 2) continue;
    await kubectl('delete', 'pod', pods[0] ?? '', '--wait=false');
    log(`deleted ${pods[0]}`);
    deleted.push(name);
    await kubectl('rollout', 'status', `deployment/${name}`, `--timeout=${READY_WITHIN}`);
  }
  return deleted;
};

/** Asks public verification from inside, until told to stop; prints how many requests were made, and how many failed. */
const ASKING = `
const until = Date.now() + Number(process.argv[1]) * 1000;
const figures = { requests: 0, retried: 0, failed: 0 };
const ask = () => fetch('http://verify:8080/v1/certificates/S000021010001261000001', { signal: AbortSignal.timeout(5000) }).then((a) => a.status < 500, () => false);
(async () => {
  while (Date.now() < until) {
    figures.requests += 1;
    if (!(await ask())) { figures.retried += 1; await new Promise((go) => setTimeout(go, 500)); if (!(await ask())) figures.failed += 1; }
    await new Promise((go) => setTimeout(go, 50));
  }
  console.log(JSON.stringify(figures));
})();`;

const askFromInside = async (seconds: number): Promise<{ requests: number; retried: number; failed: number }> => {
  const printed = await kubectl('exec', 'deployment/gateway', '--', 'node', '-e', ASKING, String(seconds));
  return lastLine(printed);
};

const ASKED_SECONDS = 120;

const orderAndDeletions = async (log: Log) => {
  const job = await startJob('province-order', ['--once', '--nth', '2']);
  const podsDeleted = await deleteOnePodOfEach(log);
  return { podsDeleted, order: lastLine<OrderFigures>(await untilEnded(job)) };
};

/** An order on another institution, while one pod after another is deleted and comes back. */
export const orderWhilePodsGo = async (log: Log) => {
  log('an order while pods go');
  const [{ requests, retried, failed }, { podsDeleted, order }] = await Promise.all([askFromInside(ASKED_SECONDS), orderAndDeletions(log)]);
  return {
    podsDeleted: podsDeleted.length,
    completedMs: order.completedMs,
    ...effectsOf(order),
    ...{ requests, retriedRequests: retried + order.retriedRequests, failedRequests: failed },
  };
};
