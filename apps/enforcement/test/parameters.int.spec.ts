// Amounts of limits over gRPC. Two people set an amount from a day on, and its versions are kept. A running limit is
// counted by the version of the day on which it started, also when that version is corrected afterwards.
import { randomUUID } from 'node:crypto';
import type { Deadline } from '@hengji/contracts/enforcement/v1/case';
import {
  ParameterServiceDefinition,
  type ParameterServiceClient,
  type ProposeParameterRequest,
} from '@hengji/contracts/enforcement/v1/parameter_service';
import { dayOf } from '@hengji/domain-kit';
import { grpcClient } from '@hengji/host';
import { query, TEST_CALLER_SECRET, until } from '@hengji/testing';
import { operator } from './announced-years';
import { DRAFTER, startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

const reason = (slug: string) => expect.objectContaining({ reason: slug });

let world: World;
let parameters: ParameterServiceClient & { close(): void };
beforeAll(async () => {
  world = await startWorld();
  parameters = grpcClient(ParameterServiceDefinition, world.address(), {
    ...{ caller: 'gateway', secret: TEST_CALLER_SECRET, deadlineMs: 5_000 },
  });
});
afterAll(() => parameters.close());

const today = (): string => dayOf(new Date());
const asked = (over: Partial<ProposeParameterRequest> = {}): ProposeParameterRequest => ({
  ...{ requestId: randomUUID(), actor: operator('op-a'), code: 'D-CASE-REPLY', jurisdiction: 'LN', validFrom: today() },
  ...{ amount: 5, unit: 'WORKING_DAY', extension: 0, source: '测试文件〔2026〕1号', reason: '便于当事人准备' },
  ...over,
});
const set = async (over: Partial<ProposeParameterRequest> = {}): Promise<void> => {
  const { code, jurisdiction, ...proposal } = asked(over);
  const { parameter } = await parameters.proposeParameter({ ...proposal, code, jurisdiction });
  const version = parameter?.versions.find((one) => one.jurisdiction === jurisdiction)?.version ?? 0;
  await parameters.confirmParameter({ actor: operator('op-b'), code, jurisdiction, version });
};
const listed = async (code: string) =>
  (await parameters.listParameters({ actor: DRAFTER })).parameters.find((parameter) => parameter.code === code);

const limitsOf = async (caseId: string, code: string): Promise<Deadline | undefined> =>
  (await world.cases.get(caseId)).deadlines.find((deadline) => deadline.code === code);
const noticed = async (institution = anInstitution()): Promise<string> =>
  (await world.cases.take(await world.cases.founded(institution), 'SERVE_NOTICE')).caseId;

it('shows the amounts of the law, and accepts another amount from two people', async () => {
  expect(await listed('D-PEN-SERVE')).toMatchObject({
    ...{ title: '送达决定书', bound: 'AT_MOST', versions: [] },
    law: { amount: 7, unit: 'WORKING_DAY', extension: 0, before: false },
  });
  expect(await listed('D-RECTIFY')).toBeUndefined();
  const first = asked({ code: 'D-PEN-SERVE', validFrom: '2100-01-01' });
  const proposed = (await parameters.proposeParameter(first)).parameter;
  expect(proposed?.versions).toMatchObject([{ version: 1, state: 'PROPOSED', confirmed: undefined, value: { amount: 5 } }]);
  expect((await parameters.proposeParameter(first)).parameter).toEqual(proposed);
  const confirming = { code: 'D-PEN-SERVE', jurisdiction: 'LN', version: 1 };
  await expect(parameters.confirmParameter({ ...confirming, actor: operator('op-a') })).rejects.toEqual(reason('parameter.same_person'));
  await expect(parameters.confirmParameter({ ...confirming, actor: DRAFTER })).rejects.toEqual(reason('parameter.role_forbidden'));
  const confirmed = (await parameters.confirmParameter({ ...confirming, actor: operator('op-b') })).parameter;
  expect(confirmed?.versions).toMatchObject([{ state: 'COMING', proposed: { officerId: 'op-a' }, confirmed: { officerId: 'op-b' } }]);
  await expect(parameters.proposeParameter(asked({ code: 'D-PEN-SERVE', amount: 8 }))).rejects.toEqual(reason('parameter.bound_by_law'));
  await set({ code: 'D-PEN-SERVE', amount: 6, validFrom: today() });
  expect((await listed('D-PEN-SERVE'))?.versions.map(({ version, state, validUntil }) => [version, state, validUntil])).toEqual([
    [2, 'IN_FORCE', '2099-12-31'],
    [1, 'COMING', ''],
  ]);
});

it('keeps a version as it was proposed, even against a direct database connection', async () => {
  await expect(query(world.url, `UPDATE parameter SET amount = 1`)).rejects.toThrow('never changed');
  await expect(query(world.url, 'DELETE FROM parameter')).rejects.toThrow('never deleted');
});

it('recounts what started since its day, in this authority only, and shows by whom and from what to what', async () => {
  const caseId = await noticed();
  const elsewhere = await noticed(anInstitution('02'));
  const before = await limitsOf(caseId, 'D-CASE-REPLY');
  expect(before).toMatchObject({ amount: { value: { amount: 3, unit: 'WORKING_DAY' }, jurisdiction: '', version: 0 }, recounts: [] });
  // Five working days from the same moment.
  const ask = await limitsOf(caseId, 'D-PEN-HEARING-ASK');

  await set({ jurisdiction: '2101', amount: 10, validFrom: '2100-01-01' });
  await set({ jurisdiction: '2101' });
  const after = await until(
    () => limitsOf(caseId, 'D-CASE-REPLY'),
    (one) => one?.amount?.version === 2,
  );
  expect(after).toMatchObject({ dueAt: ask?.dueAt, amount: { value: { amount: 5 }, jurisdiction: '2101', source: '测试文件〔2026〕1号' } });
  expect(after?.recounts).toMatchObject([
    {
      ...{ dueBefore: before?.dueAt, dueAfter: ask?.dueAt, proposed: { officerId: 'op-a' }, confirmed: { officerId: 'op-b' } },
      ...{ amountBefore: { value: { amount: 3 }, version: 0 }, amountAfter: { value: { amount: 5 }, version: 2 } },
    },
  ]);
  expect(await limitsOf(elsewhere, 'D-CASE-REPLY')).toMatchObject({ amount: { version: 0 }, recounts: [] });
  expect(await limitsOf(await noticed(), 'D-CASE-REPLY')).toMatchObject({ amount: { version: 2 }, recounts: [] });

  // The step that waits for the limit waits as long.
  world.clock.aheadMs = (before?.dueAt?.getTime() ?? 0) + 1_000 - Date.now();
  await expect(world.cases.take(await world.cases.get(caseId), 'CLOSE_REPLY')).rejects.toMatchObject({
    ...{ reason: 'case.too_early', message: expect.stringContaining('5个工作日') },
  });
  world.clock.aheadMs = 0;
});
