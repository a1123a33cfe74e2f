// The record that an act changed, as a link where the record has a page.
import { Link } from 'react-router';
import type { Answers } from '../../http';

const PAGES: Readonly<Record<string, (id: string) => string>> = {
  case: (id) => `/cases/${id}`,
  order: (id) => `/orders/${id}`,
  institution: (id) => `/institutions/${id}`,
  certificate: (id) => `/verify/${id}`,
};

export const RecordLink = ({ act: { recordKind, recordId } }: { act: Pick<Answers['Act'], 'recordKind' | 'recordId'> }) => {
  const page = PAGES[recordKind];
  if (page === undefined || recordId === '') return <span className="mono">{recordId || '—'}</span>;
  return (
    <Link className="mono" to={page(recordId)}>
      {recordId}
    </Link>
  );
};
