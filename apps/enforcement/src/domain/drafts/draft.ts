// A draft (草稿): an order before its signature. Who wrote it, whether it is in use, and how it was discarded.
import type { Order } from '../order';

/** 废弃 of a draft; `by` is empty where the case ended. */
export interface Discarded {
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
}

/** Whether the draft is in use: neither signed nor discarded. */
export const isUnsigned = ({ state }: Pick<Order, 'state'>): boolean => state === 'DRAFT' || state === 'PREVIEWED';

/** Everybody who wrote the content of the order: none of them decides on it. */
export const draftersOf = ({ draftedBy, editedBy }: Pick<Order, 'draftedBy' | 'editedBy'>): string[] => [
  ...new Set([draftedBy, ...editedBy]),
];
