// Stops what jest-setup.mts started, once.
export default async () => {
  const stop = globalThis.stopTestStack;
  if (stop === undefined) return;
  globalThis.stopTestStack = undefined;
  await stop();
};
