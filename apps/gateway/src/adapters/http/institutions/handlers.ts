// Institutions (评价机构), as approval stores them.
import type { Reached, RouteDeps } from '../route';

export const getInstitution = async (_: RouteDeps, { reached }: { reached: Reached }) => reached.institution;
