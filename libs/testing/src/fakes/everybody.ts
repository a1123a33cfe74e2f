// Every kind of person combined with every kind of place, for the specs that compare a service's territory with the one
// rule (libs/province).
import { AUTHORITIES, isReached, reachOf, ROLES, type Place } from '@hengji/province';

const INSTITUTIONS = ['S000021010003', 'S000021010004'] as const;

interface Somebody {
  readonly officerId: string;
  readonly name: string;
  readonly role: (typeof ROLES)[number];
  readonly authority: string;
  readonly institution: string;
}

/** Includes persons whose role and authority contradict each other. */
export const EVERYBODY: readonly Somebody[] = ROLES.flatMap((role) =>
  [...AUTHORITIES, ''].flatMap((authority) =>
    ['', ...INSTITUTIONS].map((institution) => ({ officerId: 'u1', name: '某', role, authority, institution })),
  ),
);

export const EVERY_PLACE: readonly Place[] = [...AUTHORITIES, ''].flatMap((authority) =>
  INSTITUTIONS.map((institution) => ({ authority, institution })),
);

/** The places that the person reaches by the rule. */
export const placesOf = (who: Somebody): Place[] => EVERY_PLACE.filter((place) => isReached(reachOf(who), place));
