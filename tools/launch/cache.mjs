// Where downloads that every clone on this machine can share are kept: Node 24, Kafka's jars, a Java runtime.
// Written for Node 18, like everything the launcher touches before it has Node 24.
import { homedir } from 'node:os';
import { join } from 'node:path';

/** @param {...string} parts @returns {string} a path below HENGJI_CACHE, or else ~/.cache/hengji */
export const cachePath = (...parts) => join(process.env.HENGJI_CACHE || join(homedir(), '.cache', 'hengji'), ...parts);
