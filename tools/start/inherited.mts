// What our processes take over from the user's shell.

/** Nothing of the user's shell may change a service by accident; these are what any program needs. */
export const inherited = (): Record<string, string> => {
  const { PATH, HOME, TMPDIR, LANG, TZ, NODE_EXTRA_CA_CERTS, NODE_OPTIONS, OTEL_EXPORTER_OTLP_ENDPOINT, LOG_LEVEL } = process.env;
  const given = { PATH, HOME, TMPDIR, LANG, TZ, NODE_EXTRA_CA_CERTS, NODE_OPTIONS, OTEL_EXPORTER_OTLP_ENDPOINT, LOG_LEVEL };
  return Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
};
