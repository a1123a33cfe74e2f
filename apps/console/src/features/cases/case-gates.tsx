// The gates before the signature: open, or closed with what is missing. Said in words, not by colour alone.
import { Tag } from 'antd';
import type { CaseJson } from '../../case-api';

export const CaseGates = ({ gates }: { gates: CaseJson['gates'] }) => (
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
