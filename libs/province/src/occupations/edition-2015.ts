// Codes of the 2015 edition that the dictionary of 2022 does not have (rules §0.1, finding 4): a record of those years keeps its code, a new
// one names what took its place. A code that both editions have means what the newer says.

interface OldOccupation {
  readonly name: string;
  readonly levels: string;
  readonly successor: string;
}

export const EDITION_2015: ReadonlyMap<string, OldOccupation> = new Map([
  ['4-10-01-02', { name: '育婴员', levels: '543', successor: '4-10-01-01' }],
]);
