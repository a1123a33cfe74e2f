// kubectl and docker as functions. Both are needed; without them, or without a cluster that answers, the message says how to get them.
import { runQuietly } from '../launch/child.mjs';
import { SetupProblem } from '../launch/problem.mjs';

export const NAMESPACE = 'hengji';

/** @returns what it printed on both streams */
export const run = (command: string, args: readonly string[]): Promise<string> => runQuietly(command, [...args]);

/** In the namespace. */
export const kubectl = (...args: readonly string[]): Promise<string> => run('kubectl', ['--namespace', NAMESPACE, ...args]);

export const kubectlJson = async <T,>(...args: readonly string[]): Promise<T> =>
  JSON.parse(await kubectl(...args, '--output', 'json')) as T;

export const needDocker = () =>
  run('docker', ['info']).catch((error: unknown) => {
    throw new SetupProblem(
      {
        what: 'No Docker engine answers.',
        why: 'building the images of the services',
        mend: 'install an engine (https://docs.docker.com/engine/install, or Debian’s docker.io) and start it; DOCKER_HOST names another address',
      },
      error,
    );
  });

export const needCluster = () =>
  run('kubectl', ['get', 'nodes']).catch((error: unknown) => {
    throw new SetupProblem(
      {
        what: 'No Kubernetes cluster answers to kubectl.',
        why: 'running the platform on it',
        mend: 'install kubectl and a cluster (kind and k3s make one on this machine), and name it by KUBECONFIG; see docs/DEPLOY.md',
      },
      error,
    );
  });
