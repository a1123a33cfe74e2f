import { Link } from 'react-router';

/** The code of an institution, as a link to its page. */
export const InstitutionLink = ({ code }: { code: string }) => (
  <Link to={`/institutions/${code}`} className="mono">
    {code}
  </Link>
);
