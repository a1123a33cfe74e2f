// The names of the services, defined once. A name is also the name of the folder below apps/, of the database, of the key and of the
// caller. This file imports nothing, so that tools can load it without a build.

/** The services that carry out rows of orders; only they write to the report topic. */
export const PARTICIPANTS = ['approval', 'exam', 'certificate', 'subsidy', 'exchange'] as const;

/** The services that have a database, publish facts and consume those of others. */
export const PUBLISHERS = [...PARTICIPANTS, 'enforcement'] as const;

/** The services that consume topics, and may request the records that they missed. */
export const READERS = [...PUBLISHERS, 'verify'] as const;

/** All services; each is a process of its own. */
export const SERVICES = [...READERS, 'gateway', 'agency-sim'] as const;
