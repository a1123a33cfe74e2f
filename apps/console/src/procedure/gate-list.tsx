// The gates before a signature: open, or closed with what is missing. The state is in words, not in colour alone.
import { Tag } from 'antd';
import type { Answers } from '../http';

export const GateList = ({ gates }: { gates: readonly Answers['Gate'][] }) => (
  <ul className="plain-list" aria-label="关口">
    {gates.map((one) => (
      <li key={one.gate}>
        <Tag color={one.open ? 'success' : 'error'}>{one.open ? '已满足' : '未满足'}</Tag>
        <span>
          {one.title}
          {!one.open && <span className="quiet">：{one.missing}</span>}
        </span>
      </li>
    ))}
  </ul>
);
