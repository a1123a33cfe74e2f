// Stops once what jest-setup.mts started.
export default async () => {
  const stop = globalThis.stopTestStack;
  if (stop === undefined) return;
  globalThis.stopTestStack = undefined;
  await stop();
};
