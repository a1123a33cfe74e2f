// What every pod may do: the restricted level of Kubernetes' pod security standards, and a root file system that nobody writes.

/** @param user number; the public images of Node and Kafka have 1000, PostgreSQL has 999 */
export const podSecurity = (user: number): Record<string, unknown> => ({
  automountServiceAccountToken: false,
  // Otherwise each Service of the namespace becomes variables of each pod, and Kafka's image reads KAFKA_* as its settings.
  enableServiceLinks: false,
  securityContext: {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    seccompProfile: { type: 'RuntimeDefault' },
  },
});

export const containerSecurity = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
} as const;

export const NODE_USER = 1000;

/** A writable folder that ends with the pod. */
export const scratch = (name: string): Record<string, unknown> => ({ name, emptyDir: { sizeLimit: '256Mi' } });
