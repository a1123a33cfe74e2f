// What stands in the way of the steps that are near, as the file says it to this person: one line for each.
import type { CaseJson } from '../../case-api';

export const CaseObstacles = ({ obstacles }: { obstacles: CaseJson['obstacles'] }) => (
  <ul className="plain-list" aria-label="还不能办的步骤">
    {obstacles.map(({ step, title, reason, words }) => (
      <li key={`${step} ${reason}`}>
        <span>
          {title}
          <span className="quiet">：{words}</span>
        </span>
      </li>
    ))}
  </ul>
);
