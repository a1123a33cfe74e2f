// The obstacles of the next steps, as the server states them for this person, one line for each.
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
