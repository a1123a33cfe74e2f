// Storage of the demo provider's sessions and codes: a map with expiry. oidc-provider's own in-memory store does the same but logs a
// warning on every start.
import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Kept {
  readonly payload: AdapterPayload;
  readonly until: number;
}

/** An adapter factory over one store; oidc-provider asks for one adapter per model name. */
export const memoryAdapters = (): ((model: string) => Adapter) => {
  const kept = new Map<string, Kept>();
  const live = (key: string): AdapterPayload | undefined => {
    const found = kept.get(key);
    if (found && found.until < Date.now()) kept.delete(key);
    return found && found.until >= Date.now() ? found.payload : undefined;
  };
  const findBy = (model: string, fits: (payload: AdapterPayload) => boolean): AdapterPayload | undefined =>
    [...kept.keys()]
      .filter((key) => key.startsWith(`${model}:`))
      .map(live)
      .find((payload) => payload !== undefined && fits(payload));
  return (model) => ({
    upsert: async (id, payload, seconds = 600) => {
      for (const [key, { until }] of kept) if (until < Date.now()) kept.delete(key);
      kept.set(`${model}:${id}`, { payload, until: Date.now() + seconds * 1000 });
    },
    find: async (id) => live(`${model}:${id}`),
    findByUid: async (uid) => findBy(model, (payload) => payload.uid === uid),
    findByUserCode: async (userCode) => findBy(model, (payload) => payload.userCode === userCode),
    consume: async (id) => {
      const payload = live(`${model}:${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id) => void kept.delete(`${model}:${id}`),
    revokeByGrantId: async (grantId) => {
      for (const [key, { payload }] of kept) if (payload.grantId === grantId) kept.delete(key);
    },
  });
};
