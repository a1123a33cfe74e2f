// approval.v1 is complete. A consumer that reads it from the beginning, or reads the owner's snapshot, has every filing, notice and
// rectification as approval has them. The consumer needs no call.
import { TOPICS } from '@hengji/contracts';
import type { ApprovalEvent } from '@hengji/contracts/approval/v1/approval_events';
import { dumpOf, query, snapshotEvents, until, type TestRow } from '@hengji/testing';
import { codeOf, importAll, institution, type ServiceUnderTest, startService } from './service';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startService();
});

interface Copy {
  readonly filings: Map<string, object>;
  readonly notices: Map<string, object>;
  readonly rectifications: Map<string, object>;
}

const hear = ({ filings, notices, rectifications }: Copy, { meta, body }: ApprovalEvent): void => {
  const code = meta?.institution ?? '';
  switch (body?.$case) {
    case 'institutionFiled': {
      const { status: _s, holds: _h, rectifyBy: _r, removedBy: _b, ...filing } = body.value.institution ?? { code };
      filings.set(code, { ...filing, state: 'FILED' });
      return;
    }
    case 'filingRemoved':
      filings.set(code, { ...filings.get(code), state: 'REMOVED' });
      return;
    case 'filingReinstated':
      filings.set(code, { ...filings.get(code), state: 'FILED' });
      return;
    case 'noticePublished': {
      const { withdrawnAt: _, ...notice } = body.value.notice ?? { noticeId: '' };
      notices.set(notice.noticeId, { ...notice, stands: true });
      return;
    }
    case 'noticeWithdrawn':
      notices.set(body.value.noticeId, { ...notices.get(body.value.noticeId), stands: false });
      return;
    case 'rectificationShown':
      rectifications.set(body.value.orderId, { ...body.value, stands: true });
      return;
    case 'rectificationWithdrawn':
      rectifications.set(body.value.orderId, { ...rectifications.get(body.value.orderId), stands: false });
      return;
    default:
    // A hold does not change the filing.
  }
};

const copyOf = (events: readonly ApprovalEvent[]): string => {
  const copy: Copy = { filings: new Map(), notices: new Map(), rectifications: new Map() };
  for (const event of events) hear(copy, event);
  return dumpOf({ ...copy });
};

const FILINGS = `
  SELECT code, uscc, name, institution_class AS "institutionClass", area, authority, valid_from AS "validFrom", valid_until AS "validUntil",
    (SELECT json_agg(json_build_object('kind', kind, 'occupation', occupation, 'levels', levels,
      'implementingDepartment', implementing_department, 'specification', specification, 'warning', '') ORDER BY position)
     FROM scope_line l WHERE l.code = i.code) AS "scopeLines", false AS "usccCheckedByHand", state
  FROM institution i WHERE code = $1`;
const NOTICES = `
  SELECT notice_id AS "noticeId", order_id AS "orderId", document_no AS "documentNo", institution, institution_name AS "institutionName", title,
    to_char(published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "publishedAt", withdrawn_at IS NULL AS stands
  FROM notice WHERE institution = $1 ORDER BY notice_id COLLATE "C"`;
const RECTIFICATIONS = `
  SELECT order_id AS "orderId", rectify_by AS "rectifyBy", document_no AS "documentNo", withdrawn_at IS NULL AS stands
  FROM rectification WHERE institution = $1 ORDER BY order_id COLLATE "C"`;

const tablesOf = async (code: string): Promise<string> => {
  const [filings = [], notices = [], rectifications = []] = await Promise.all(
    [FILINGS, NOTICES, RECTIFICATIONS].map((sql) => query<object>(service.url, sql, [code])),
  );
  return dumpOf({ filings, notices, rectifications });
};

const historyOf = async (code: string): Promise<string> =>
  copyOf((await service.probe.events(TOPICS.approval)).filter(({ meta }) => meta?.institution === code));

it('publishes every filing, notice and rectification, through imports, orders and liftings', async () => {
  const code = codeOf(1);
  await importAll(service.approval('import'), [institution(1), institution(2)]);
  const rows: [string, TestRow['value']][] = [
    ['removed', 'REMOVE_FILING'],
    ['removed-too', 'REMOVE_FILING'],
    ['notice', 'PUBLISH_NOTICE'],
    ['notice-lifted', 'PUBLISH_NOTICE'],
    ['rectify', 'SHOW_RECTIFICATION'],
    ['rectify-lifted', 'SHOW_RECTIFICATION'],
  ];
  const orders = rows.map(([orderId, value], i) => ({
    ...{ orderId, scope: { institution: code }, epoch: BigInt(i + 1), rectifyBy: '2026-04-30' },
    rows: [{ $case: 'approval', value } as TestRow],
  }));
  for (const order of orders) {
    await service.enforcement.issue(order);
    await service.enforcement.receipt(order.orderId, 1);
  }
  for (const order of orders.filter(({ orderId }) => /lifted|^removed$/.test(orderId))) {
    await service.enforcement.lift({ ...order, rows: order.rows.map((row) => ({ ...row, row: 2, undoesRow: 1 })) });
    await service.enforcement.receipt(order.orderId, 2);
  }
  const tables = await tablesOf(code);
  expect(tables).toContain('REMOVED');
  expect(tables.match(/"stands": false/g)).toHaveLength(2);
  const seen = (): Promise<string> => historyOf(code);
  expect(await until(seen, (copy) => copy === tables).catch(seen)).toBe(tables);
  expect(copyOf(await snapshotEvents(TOPICS.approval, { address: service.address(), caller: 'exam', key: code }))).toBe(tables);
});
