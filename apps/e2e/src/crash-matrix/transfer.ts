// A transfer order with M8 and M9: the package goes to both agencies, each acknowledges receipt and decides, and the case
// follows.
import type { Json } from '@hengji/contracts';
import type { Case } from '@hengji/contracts/enforcement/v1/case';
import type { AgencyMessage } from '@hengji/contracts/exchange/v1/exchange';
import { until } from '@hengji/testing';
import { takeToFounded } from '../../../../tools/province/src/case';
import { approveTransfer, draftTransfer } from '../transfer-case';
import { expectReceipts, expectReports } from '../worked-once';
import { PATIENTLY, type Decision, type Office, orderOnce, type Prepared, signed } from './decision';

type CaseJson = Json<Case>;
const AGENCIES = ['police', 'discipline'] as const;
const MEASURES = ['TRANSFER_TO_DISCIPLINE', 'TRANSFER_TO_POLICE'];

const messagesOf = async ({ signer }: Office, orderId: string): Promise<Json<AgencyMessage>[]> =>
  (await signer.get<{ items: Json<AgencyMessage>[] }>(`/messages?orderId=${orderId}`)).items;

/**
 * Each agency has accepted the package once. Each received one letter and one inquiry, and the inquiry ended with its
 * decision.
 */
const expectHandedOverOnce = async (office: Office, orderId: string): Promise<void> => {
  for (const agency of AGENCIES) {
    const { transfers } = await office.running.agency<{ transfers: { orderId: string; times: number }[] }>(`/${agency}/transfers`);
    const taken = transfers.filter((one) => one.orderId === orderId).map(({ times }) => times);
    expect({ agency, taken }).toEqual({ agency, taken: [1] });
    const { notices = [] } = agency === 'police' ? await office.running.agency<{ notices: { orderId: string }[] }>('/police/notices') : {};
    expect(notices.filter((one) => one.orderId === orderId)).toEqual([]);
  }
  const messages = (await messagesOf(office, orderId)).map(({ agency, kind, state }) => [agency, kind, state]);
  const wanted = ['DISCIPLINE', 'POLICE'].flatMap((agency) => ['inquiry', 'transfer'].map((kind) => [agency, kind, 'ACKNOWLEDGED']));
  expect(messages.sort()).toEqual(wanted);
};

/** The record follows the decision of the police, and has each entry once. */
const expectRecordedOnce = ({ entries, deadlines }: CaseJson): void => {
  const times = (step: string): number => entries.filter((entry) => entry.step === step).length;
  expect(['TRANSFER_RECEIVED', 'TRANSFER_ACCEPTED'].map(times)).toEqual([1, 1]);
  const ofTransfer = deadlines.filter(({ code, state }) => code.startsWith('D-TRANSFER-') && state === 'RUNNING');
  expect(ofTransfer.map(({ code }) => code)).toEqual(['D-TRANSFER-EXHIBIT']);
  const codes = deadlines.map(({ code }) => code).filter((code) => code.startsWith('D-TRANSFER-'));
  expect([...new Set(codes)].length).toBe(codes.length);
};

export const transferOrder = (office: Office, institution: string): Decision => ({
  name: 'a transfer order with M8 and M9',
  prepare: async (): Promise<Prepared> => {
    const { running, drafter } = office;
    const caseId = await takeToFounded(drafter, institution);
    const drafted = await draftTransfer(drafter, { caseId, institution, measures: MEASURES });
    const { orderId } = drafted;
    await approveTransfer(drafter, caseId, orderId);
    const caseBecomes = (track: string): Promise<CaseJson> =>
      until(
        () => drafter.get<CaseJson>(`/cases/${caseId}`),
        ({ transferTrack }) => transferTrack === track,
        PATIENTLY,
      );
    return {
      carryOut: async () => {
        await signed(office, drafted);
        await orderOnce(office, orderId, ({ state }) => state === 'COMPLETED');
        await caseBecomes('received');
        for (const agency of AGENCIES) await running.decide(agency, orderId, { accepted: true, decisionNo: `${agency}〔2026〕9号` });
        await caseBecomes('accepted');
        await until(
          () => messagesOf(office, orderId),
          (messages) => messages.every(({ state }) => state === 'ACKNOWLEDGED'),
          PATIENTLY,
        );
      },
      expectOnce: async () => {
        const order = await orderOnce(office, orderId, ({ state }) => state === 'COMPLETED');
        expect(order.residual).toBe(0);
        expectReceipts(order, { TRANSFER_TO_DISCIPLINE: 1, TRANSFER_TO_POLICE: 1 });
        await expectReports(running, order);
        await expectHandedOverOnce(office, orderId);
        expectRecordedOnce(await caseBecomes('accepted'));
      },
    };
  },
});
