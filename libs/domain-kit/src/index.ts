export type { Branded, Day, Person } from './branded';
export { dayOf, isDay, minutesAfter } from './clock';
export { actionsFrom, advance } from './lifecycle';
export type { Lifecycle } from './lifecycle';
export { EMPTY_FRONTIER, appendHashes, appendLeaves, auditPaths, leafHash, merkleRoot, rootFromPath, siblingsOf } from './merkle';
export type { Frontier, Hash } from './merkle';
export { REFUSAL_STATUS, Refusal } from './refusal';
export type { RefusalDetail, RefusalKind } from './refusal';
export { typedText, withoutInvisible } from './typed-text';
