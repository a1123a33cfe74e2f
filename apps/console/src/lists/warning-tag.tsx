// A warning in a list: a short mark, with the whole text when the pointer or the keyboard is on it.
import { Tag, Tooltip } from 'antd';

export const WarningTag = ({ warning }: { warning: string }) => (
  <Tooltip title={warning}>
    <Tag color="warning" tabIndex={0} aria-label={warning}>
      准入提示
    </Tag>
  </Tooltip>
);
