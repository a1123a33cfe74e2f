// Imported payments whose numbers and codes are written as people and files write them.
import { codeOf, importAll, numberOf, payment, startService } from './service';

it('takes numbers and codes as a file has them', async () => {
  const loader = (await startService()).subsidy('import');
  const asTyped = {
    certificateNumber: `${numberOf(31, 1).slice(0, 13)} ${numberOf(31, 1).slice(13)}`.toLowerCase(),
    institution: codeOf(31).toLowerCase(),
    occupation: '6310103',
  };
  expect(await importAll(loader, [payment(31, 1, asTyped)], [payment(31, 1)])).toEqual([
    { imported: 1, already: 0 },
    { imported: 0, already: 1 },
  ]);
});
