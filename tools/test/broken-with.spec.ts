import { brokenWith } from './broken-with.mts';

const on = (...targets: string[]) => targets.map((target) => ({ target }));

describe('the projects that a change can break', () => {
  const dependencies = {
    kit: [],
    host: on('kit'),
    exam: on('host', 'npm:pg'),
    subsidy: on('host'),
    journeys: on('exam', 'subsidy'),
    console: [],
  };

  it.each([
    [['exam'], ['exam', 'journeys']],
    [['kit'], ['exam', 'host', 'journeys', 'kit', 'subsidy']],
    [['journeys'], ['journeys']],
    [
      ['console', 'subsidy'],
      ['console', 'journeys', 'subsidy'],
    ],
  ])('%j: the project and all its dependents, direct and indirect', (names, broken) => {
    expect([...brokenWith(names, dependencies)].sort()).toEqual(broken);
  });

  it('ends when two projects depend on each other', () => {
    const circle = { host: on('testing'), testing: on('host'), exam: on('testing') };
    expect([...brokenWith(['host'], circle)].sort()).toEqual(['exam', 'host', 'testing']);
  });
});
