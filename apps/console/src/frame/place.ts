// The place of the present page in the menu. A page that is not in the person's menu has no breadcrumbs.
import type { MeJson } from '../me';

type MenuArea = MeJson['menu'][number];

export interface Place {
  readonly area: MenuArea;
  readonly page: MenuArea['pages'][number];
}

const isUnder = (pathname: string, path: string): boolean =>
  path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`);

/** The area and page of an address. */
export const placeOf = ({ menu }: Pick<MeJson, 'menu'>, pathname: string): Place | undefined =>
  menu.flatMap((area) => area.pages.map((page) => ({ area, page }))).find(({ page }) => isUnder(pathname, page.path));
