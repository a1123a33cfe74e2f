import { ApprovalServiceDefinition } from '@hengji/contracts/approval/v1/approval_service';
import { grpcClient } from '@hengji/host';
import { TEST_CALLER_SECRET } from './environment';
import { fakeNeighbour } from './fake-neighbour';

it('serves the methods that were given, and refuses the others', async () => {
  const neighbour = await fakeNeighbour(ApprovalServiceDefinition, { countInstitutions: async () => ({ total: 3n }) });
  const client = grpcClient(ApprovalServiceDefinition, neighbour.address, {
    caller: 'exam',
    secret: TEST_CALLER_SECRET,
    deadlineMs: 1_000,
  });
  expect(await client.countInstitutions({})).toEqual({ total: 3n });
  client.close();
});
