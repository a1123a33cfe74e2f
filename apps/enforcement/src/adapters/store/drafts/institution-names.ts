// Names of institutions, from the places that approval publishes, for a person: only institutions in the person's reach.
import { placesOf } from '@hengji/participation';
import { isReached, reachOf } from '@hengji/province';
import type { InstitutionNames } from '../../../application/ports';
import type { Database } from '../database';

export const institutionNames =
  (db: Database): InstitutionNames =>
  async (actor, codes) => {
    const seen = (await placesOf(db, codes)).filter(({ code, authority }) => isReached(reachOf(actor), { authority, institution: code }));
    return new Map(seen.map(({ code, name }) => [code, name]));
  };
