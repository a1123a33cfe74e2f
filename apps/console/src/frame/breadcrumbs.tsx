// Breadcrumbs: the area of work, its page, and below a page the link back to it. The page's own heading is the last item.
import { Breadcrumb } from 'antd';
import { Link, useLocation } from 'react-router';
import { useMe } from '../me';
import { placeOf } from './place';

export const Breadcrumbs = () => {
  const { pathname } = useLocation();
  const place = placeOf(useMe(), pathname);
  if (place === undefined || place.page.path === '/') return null;
  const { area, page } = place;
  const items = [
    { key: 'desk', title: <Link to="/">工作台</Link> },
    { key: 'area', title: area.label },
    { key: 'page', title: pathname === page.path ? page.label : <Link to={page.path}>{page.label}</Link> },
  ];
  return (
    <nav aria-label="当前位置" className="breadcrumbs">
      <Breadcrumb items={items} />
    </nav>
  );
};
