// Limits concurrent uploads and downloads, per person and in total: each uses a connection, a file and some memory while it lasts.
import { Refusal } from '@hengji/domain-kit';

const OF_ONE_PERSON = 6;
const IN_ALL = 24;

export interface Places {
  /** Takes a slot; returns the function that releases it. Refuses `attachment.too_many`, `attachment.busy`. */
  enter(person: string): () => void;
}

export const places = (): Places => {
  const byPerson = new Map<string, number>();
  let all = 0;
  const count = (person: string, change: 1 | -1): void => {
    all += change;
    const own = (byPerson.get(person) ?? 0) + change;
    if (own === 0) byPerson.delete(person);
    else byPerson.set(person, own);
  };
  return {
    enter: (person) => {
      if ((byPerson.get(person) ?? 0) >= OF_ONE_PERSON)
        throw new Refusal('unavailable', 'attachment.too_many', `每人同时最多上传${OF_ONE_PERSON}个附件，请稍后重试`, {
          rule: `≤ ${OF_ONE_PERSON}`,
        });
      if (all >= IN_ALL) throw new Refusal('unavailable', 'attachment.busy', '正在上传的附件过多，请稍后重试', { rule: `≤ ${IN_ALL}` });
      count(person, 1);
      return () => count(person, -1);
    },
  };
};
