// Every kind of person beside every kind of place, for the specs that hold a service's territory against the one rule (libs/province).
import { AUTHORITIES, isReached, reachOf, ROLES, type Place } from '@hengji/province';

const INSTITUTIONS = ['S000021010003', 'S000021010004'] as const;

interface Somebody {
  readonly officerId: string;
  readonly name: string;
  readonly role: (typeof ROLES)[number];
  readonly authority: string;
  readonly institution: string;
}

/** Also those whose role and authority contradict each other. */
export const EVERYBODY: readonly Somebody[] = ROLES.flatMap((role) =>
  [...AUTHORITIES, ''].flatMap((authority) =>
    ['', ...INSTITUTIONS].map((institution) => ({ officerId: 'u1', name: '某', role, authority, institution })),
  ),
);

export const EVERY_PLACE: readonly Place[] = [...AUTHORITIES, ''].flatMap((authority) =>
  INSTITUTIONS.map((institution) => ({ authority, institution })),
);

/** What the rule says that the person reaches. */
export const placesOf = (who: Somebody): Place[] => EVERY_PLACE.filter((place) => isReached(reachOf(who), place));
