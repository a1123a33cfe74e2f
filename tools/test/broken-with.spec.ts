import { brokenWith } from './broken-with.mts';

const on = (...targets: string[]) => targets.map((target) => ({ target }));

describe('what a change can break', () => {
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
  ])('%j: itself and whoever depends on it, however far', (names, broken) => {
    expect([...brokenWith(names, dependencies)].sort()).toEqual(broken);
  });

  it('comes to an end where two depend on each other', () => {
    const circle = { host: on('testing'), testing: on('host'), exam: on('testing') };
    expect([...brokenWith(['host'], circle)].sort()).toEqual(['exam', 'host', 'testing']);
  });
});
