// The menu at the side: areas of work with their pages. One list of links, so that it is heard and tabbed through as what it is.
import { Link, useLocation } from 'react-router';
import { useMe } from '../me';
import { menuOf, placeOf } from './menu';

export const SideMenu = () => {
  const { role } = useMe();
  const { pathname } = useLocation();
  const here = placeOf(role, pathname)?.page.path;
  return (
    <nav aria-label="主菜单" className="side-menu">
      <ul>
        {menuOf(role).map((area) => (
          <li key={area.key}>
            {area.key !== 'DESK' && <span className="area">{area.label}</span>}
            <ul>
              {area.pages.map(({ path, label }) => (
                <li key={path}>
                  <Link to={path} {...(path === here ? { 'aria-current': 'page' as const } : {})}>
                    {label}
                  </Link>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </nav>
  );
};
