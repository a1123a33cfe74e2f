// The names of the services, once. A name is also that of the folder below apps/, of the database, of the key and of the caller.
// Nothing is imported here, so that tools can load the file as it stands.

/** The services that carry out rows of orders; they alone write into the reply box. */
export const PARTICIPANTS = ['approval', 'exam', 'certificate', 'subsidy', 'exchange'] as const;

/** The services that have a database, publish facts and consume those of others. */
export const PUBLISHERS = [...PARTICIPANTS, 'enforcement'] as const;

/** The services that read topics, and may ask for what they missed. */
export const READERS = [...PUBLISHERS, 'verify'] as const;

/** All services: each is a process of its own. */
export const SERVICES = [...READERS, 'gateway', 'agency-sim'] as const;
