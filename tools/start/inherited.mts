// The environment variables that our processes inherit from the user's shell.

/** The user's shell must not change a service by accident, so only the variables that any program needs are inherited. */
export const inherited = (): Record<string, string> => {
  const { PATH, HOME, TMPDIR, LANG, TZ, NODE_EXTRA_CA_CERTS, NODE_OPTIONS, OTEL_EXPORTER_OTLP_ENDPOINT, LOG_LEVEL } = process.env;
  const given = { PATH, HOME, TMPDIR, LANG, TZ, NODE_EXTRA_CA_CERTS, NODE_OPTIONS, OTEL_EXPORTER_OTLP_ENDPOINT, LOG_LEVEL };
  return Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
};
