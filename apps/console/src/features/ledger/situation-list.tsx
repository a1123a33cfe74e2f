import { Alert } from 'antd';
import type { OrderJson } from '../../api';
import { moment } from '../../words/field-words';
import { situationsOf } from './situations';

/** What the order waits for, since when, and what is safe to do now. */
export const SituationList = ({ order }: { order: OrderJson }) => (
  <div className="column" style={{ marginBottom: 12 }}>
    {situationsOf(order).map((one) => (
      <Alert
        key={one.key}
        type={one.tone}
        showIcon
        title={one.since === undefined ? one.what : `${one.what}（${one.sinceWord ?? '自'} ${moment(one.since)}）`}
        description={one.action}
      />
    ))}
  </div>
);
