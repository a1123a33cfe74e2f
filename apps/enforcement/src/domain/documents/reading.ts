// What of a case's papers an institution reads: what was served on it and what it handed in itself; never a transfer to 公安.
import { Refusal } from '@hengji/domain-kit';
import type { DocumentKind } from '../cases/case';
import type { Actor } from '../competence';

export interface Paper {
  readonly kind: DocumentKind | 'ATTACHMENT';
  /** Served on the institution, or handed in by it. */
  readonly isServed: boolean;
}

/** Refuses `document.not_yours`. Who sees the case at all is decided before. */
export const checkReads = (actor: Actor, { kind, isServed }: Paper): void => {
  if (actor.role !== 'INSTITUTION' || (isServed && kind !== 'TRANSFER')) return;
  throw new Refusal('forbidden', 'document.not_yours', '您只能查阅已送达您所在机构的文书和自己提交的材料', {
    field: 'actor',
    rule: '行政处罚法第四十七条',
  });
};
