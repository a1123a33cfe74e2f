// The cache of downloads that every clone on this machine can share: Node 24, Kafka's jars, a Java runtime. This file is
// written for Node 18, like everything that the launcher loads before it has Node 24.
import { homedir } from 'node:os';
import { join } from 'node:path';

/** @param {...string} parts @returns {string} a path below HENGJI_CACHE, or else ~/.cache/hengji */
export const cachePath = (...parts) => join(process.env.HENGJI_CACHE || join(homedir(), '.cache', 'hengji'), ...parts);
