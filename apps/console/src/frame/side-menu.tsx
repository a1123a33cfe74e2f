// The side menu: areas of work with their pages. It is one list of links, so that screen readers and the Tab key treat it as a list of
// links.
import { Link, useLocation } from 'react-router';
import { useMe } from '../me';
import { useTaskCounts } from '../features/tasks/use-counts';
import { count } from '../words/field-words';
import { placeOf } from './place';

/** The number of tasks that the person has or can take, and of unread messages. */
const Waiting = () => {
  const { data } = useTaskCounts();
  const waiting = data === undefined ? 0 : data.mine + data.unassigned + data.unread;
  if (waiting === 0) return null;
  return (
    <span className="badge" title="待办和未读消息">
      {count(waiting)}
    </span>
  );
};

export const SideMenu = () => {
  const me = useMe();
  const { pathname } = useLocation();
  const here = placeOf(me, pathname)?.page.path;
  return (
    <nav aria-label="主菜单" className="side-menu">
      <ul>
        {me.menu.map((area) => (
          <li key={area.key}>
            {area.key !== 'DESK' && <span className="area">{area.label}</span>}
            <ul>
              {area.pages.map(({ path, label }) => (
                <li key={path}>
                  <Link to={path} {...(path === here ? { 'aria-current': 'page' as const } : {})}>
                    {label}
                    {path === '/' && <Waiting />}
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
