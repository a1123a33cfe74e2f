// The obstacles of the next steps, as the server states them for this person: one line for each step, with all its reasons.
interface Obstacle {
  readonly step: string;
  readonly title: string;
  readonly reason: string;
  readonly words: string;
}

/** The reasons of each step, in the order of the steps. */
const byStep = (obstacles: readonly Obstacle[]): Map<string, Obstacle[]> => {
  const steps = new Map<string, Obstacle[]>();
  for (const one of obstacles) steps.set(one.step, [...(steps.get(one.step) ?? []), one]);
  return steps;
};

export const ObstacleList = ({ obstacles }: { obstacles: readonly Obstacle[] }) => (
  <ul className="plain-list" aria-label="还不能办的步骤">
    {[...byStep(obstacles)].map(([step, reasons]) => (
      <li key={step}>
        <span>
          {reasons[0]?.title}
          <span className="quiet">：{reasons.map(({ words }) => words).join('；')}</span>
        </span>
      </li>
    ))}
  </ul>
);
