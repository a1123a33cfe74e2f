// Codes of the 2015 edition that are missing from the 2022 dictionary (rules §0.1, finding 4). A record of those years keeps its code; a
// new record uses the successor. A code in both editions has the meaning of the newer one.

interface OldOccupation {
  readonly name: string;
  readonly levels: string;
  readonly successor: string;
}

export const EDITION_2015: ReadonlyMap<string, OldOccupation> = new Map([
  ['4-10-01-02', { name: '育婴员', levels: '543', successor: '4-10-01-01' }],
]);
