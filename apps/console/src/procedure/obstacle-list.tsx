// What stands in the way of the steps that are near, as the file says it to this person: one line for each.
interface Obstacle {
  readonly step: string;
  readonly title: string;
  readonly reason: string;
  readonly words: string;
}

export const ObstacleList = ({ obstacles }: { obstacles: readonly Obstacle[] }) => (
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
