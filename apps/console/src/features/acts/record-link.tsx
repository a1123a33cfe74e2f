// The record that an act changed, as a link where the record has a page.
import { Link } from 'react-router';
import type { Answers } from '../../http';
import { Code } from '../../lists/code';

const PAGES: Readonly<Record<string, (id: string) => string>> = {
  case: (id) => `/cases/${id}`,
  order: (id) => `/orders/${id}`,
  institution: (id) => `/institutions/${id}`,
  certificate: (id) => `/verify/${id}`,
};

export const RecordLink = ({ act: { recordKind, recordId } }: { act: Pick<Answers['Act'], 'recordKind' | 'recordId'> }) => {
  const page = PAGES[recordKind];
  if (page === undefined || recordId === '') return <Code value={recordId || '—'} />;
  return (
    <Link to={page(recordId)}>
      <Code value={recordId} />
    </Link>
  );
};
