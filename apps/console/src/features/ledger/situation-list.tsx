// What the order waits for, since when, and what is safe to do now, as the server states it.
import { Alert } from 'antd';
import type { OrderJson } from '../../api';
import { moment } from '../../words/field-words';

const TONES = { ERROR: 'error', WARNING: 'warning', INFO: 'info', UNSPECIFIED: 'info' } as const;

export const SituationList = ({ situations }: Pick<OrderJson, 'situations'>) => (
  <div className="column" style={{ marginBottom: 12 }}>
    {situations.map(({ key, tone, what, since, sinceWord, action }) => (
      <Alert
        key={key}
        type={TONES[tone]}
        showIcon
        title={since === undefined ? what : `${what}（${sinceWord || '自'} ${moment(since)}）`}
        description={action}
      />
    ))}
  </div>
);
