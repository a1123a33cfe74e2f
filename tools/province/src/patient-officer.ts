// An officer who asks again when a service is away for a moment (503) or the connection is lost: on a cluster a pod may end at any time. A
// write carries the id of its first attempt, so it is done once.
import { randomUUID } from 'node:crypto';
import type { Officer } from './officer';

const TRIES = 60;
const PAUSE_MS = 1_000;

const isAway = (failure: unknown): boolean =>
  failure instanceof TypeError || (failure instanceof Error && /^(GET|POST) \S+ → 503 /.test(failure.message));

const again = async <T>(ask: () => Promise<T>, retried: () => void, left = TRIES): Promise<T> => {
  try {
    return await ask();
  } catch (failure) {
    if (!isAway(failure) || left <= 1) throw failure;
    retried();
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    return again(ask, retried, left - 1);
  }
};

/** @param retried called before each further attempt */
export const patient = (officer: Officer, retried: () => void): Officer => ({
  account: officer.account,
  colleague: async (account) => patient(await again(() => officer.colleague(account), retried), retried),
  get: (path) => again(() => officer.get(path), retried),
  text: (path) => again(() => officer.text(path), retried),
  post: (path, body, requestId = randomUUID()) => again(() => officer.post(path, body, requestId), retried),
  // A stream is read once, and so is sent once.
  upload: (path, name, content, requestId = randomUUID()) =>
    content instanceof Uint8Array
      ? again(() => officer.upload(path, name, content, requestId), retried)
      : officer.upload(path, name, content, requestId),
});
