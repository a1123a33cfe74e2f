// The versions of a draft with what each changed, for people who may read the draft.
import { checkMaySee, type Actor } from '../../domain/competence';
import { changesBetween } from '../../domain/drafts/changes';
import { concernOf } from '../../domain/order';
import type { DraftVersion, DraftVersions, Orders } from '../ports';

interface Deps<Tx> {
  readonly orders: Pick<Orders<Tx>, 'get'>;
  readonly draftVersions: DraftVersions;
}

export interface VersionShown extends Omit<DraftVersion, 'content'> {
  /** Chinese, one entry a changed field; empty in the first version. */
  readonly changes: string[];
}

/** Newest first; never for the institution, which learns of the order, not of its making. Refuses `order.unknown`, `order.out_of_territory`. */
export const listVersions =
  <Tx>({ orders, draftVersions }: Deps<Tx>) =>
  async (orderId: string, actor: Actor): Promise<VersionShown[]> => {
    checkMaySee(actor, { ...concernOf(await orders.get(orderId)), issued: false });
    const versions = await draftVersions.of(orderId);
    return versions
      .map(({ content, ...version }, i) => {
        const before = versions[i - 1];
        return { ...version, changes: before ? changesBetween(before.content, content) : [] };
      })
      .reverse();
  };
