// What was carried out must stay so, however the records came to differ. One order with every measure that can be combined
// is carried out. Then a writer with all rights changes one record after the other back, directly in its database. The
// sweep names the record and the order is open again; when the order closes, the service has repaired what it can repair.
// Contradictions that only two services together can detect are named as well. Records that nobody signed are changed only
// after two persons have checked them.
import { alter, query, until } from '@hengji/testing';
import type { Officer } from '../../../tools/province/src/officer';
import { recordsOf } from './records-of';
import { type OrderJson, type Running, confirmDrift, draft, orderReaches, sign, startRunning } from './running-platform';

const MEASURES = [
  'STOP_EVALUATION',
  'CANCEL_RESULTS',
  'VOID_CERTIFICATES',
  'WITHDRAW_UPLOADS',
  'RECOVER_SUBSIDIES',
  'REMOVE_FROM_DIRECTORY',
];
const CHECKS = [
  'CANCELLED_RESULT_VALID_CERTIFICATE',
  'VOID_CERTIFICATE_STANDING_RESULT',
  'VOID_CERTIFICATE_STANDING_UPLOAD',
  'VOID_CERTIFICATE_PAYMENT_WITHOUT_RECOVERY',
  'REMOVED_FILING_OPEN_PLAN',
];

/** Columns as PostgreSQL returns them. */
type Stored = Readonly<Record<string, unknown>>;

describe('the sweep of a closed order', () => {
  let running: Running;
  let drafter: Officer;
  let signer: Officer;
  let institution: string;
  let elsewhere: string;
  let orderId: string;
  let documentNo: string;

  const sql = (service: string, statement: string, ...params: unknown[]): Promise<Stored[]> =>
    query<Stored>(running.platform.databaseUrl(service), statement, params);
  /** Changes the database directly, without the service, with all rights. */
  const altered = (service: string, statement: string, ...params: unknown[]): Promise<void> =>
    alter(running.platform.databaseUrl(service), statement, params);
  const one = async (service: string, statement: string, ...params: unknown[]): Promise<Stored> => {
    const [row] = await sql(service, statement, ...params);
    if (row === undefined) throw new Error(`${service} has nothing for ${statement}`);
    return row;
  };
  const sweep = (): Promise<OrderJson> => signer.post<OrderJson>(`/orders/${orderId}/sweep`, {});
  const namedBy = (order: OrderJson): string[] => [
    ...order.rows.flatMap((row) => (row.residual > 0 ? row.residualSample : [])),
    ...order.crossChecks.flatMap((check) => check.sample),
  ];
  const lastReopened = async (): Promise<string> => (await signer.get<OrderJson>(`/orders/${orderId}`)).reopenedAt ?? '';

  /** Sweeps: the order is open again because of exactly this record. */
  const reopens = async (record: string): Promise<OrderJson> => {
    const before = await lastReopened();
    const order = await sweep();
    expect({ state: order.state, named: namedBy(order) }).toEqual({ state: 'EXECUTING', named: [record] });
    expect((order.reopenedAt ?? '') > before).toBe(true);
    return order;
  };

  const completes = async (): Promise<void> => {
    const done = await orderReaches(signer, orderId, 'COMPLETED');
    expect(done.residual).toBe(0);
    expect(done.rows.filter((row) => row.residual > 0)).toEqual([]);
    expect(done.crossChecks.filter((check) => check.contradictions > 0)).toEqual([]);
  };

  /** The row that waits for two persons, because its records are not those that were signed. */
  const drifts = (): Promise<OrderJson> =>
    until(
      () => signer.get<OrderJson>(`/orders/${orderId}`),
      (order) => order.rows.some((row) => row.refusalReason === 'order.target_drifted'),
      { withinMs: 60_000 },
    );

  beforeAll(async () => {
    running = await startRunning('sweep');
    [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
    const { items } = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=1000');
    [institution = '', elsewhere = ''] = items.map(({ code }) => code);
    const order = await sign(signer, await draft(drafter, { institution, measures: MEASURES }));
    ({ orderId, documentNo } = order);
    await orderReaches(signer, orderId, 'COMPLETED');
  }, 300_000);
  afterAll(() => running?.stop());

  it('starts from an order carried out and checked between all services', async () => {
    const order = await signer.get<OrderJson>(`/orders/${orderId}`);
    expect(order.residual).toBe(0);
    expect(order.crossChecks.map(({ check }) => check)).toEqual(CHECKS);
    const records = await recordsOf(drafter, institution);
    const checked = Object.fromEntries(order.crossChecks.map((check) => [check.check, check.checked]));
    expect(checked).toMatchObject({
      CANCELLED_RESULT_VALID_CERTIFICATE: records.results.length,
      VOID_CERTIFICATE_STANDING_RESULT: records.certificates.length,
      VOID_CERTIFICATE_PAYMENT_WITHOUT_RECOVERY: records.certificates.length,
      REMOVED_FILING_OPEN_PLAN: 1,
    });
  });

  it('that finds nothing leaves the order closed', async () => {
    const swept = await sweep();
    expect(swept).toMatchObject({ state: 'COMPLETED', residual: 0 });
    expect(swept.sweptAt).toBeDefined();
    expect(swept.reopenedAt).toBeUndefined();
  });

  interface Planted {
    readonly what: string;
    readonly service: string;
    readonly table: string;
    readonly id: string;
    /** Assignments in SQL. */
    readonly live: string;
    /** The values that the record must have again. */
    readonly demanded: Stored;
  }
  const RESULT = { service: 'exam', table: 'result', id: 'result_id', live: `state = 'PUBLISHED'` };
  const UPLOAD = { service: 'exchange', table: 'upload', id: 'number', live: `upload_state = 'UPLOADED'` };
  const PLANTED: readonly Planted[] = [
    {
      ...{ service: 'certificate', table: 'certificate', id: 'number' },
      what: 'certificate that is valid again',
      live: `state = 'ISSUED', voided_at = NULL, voided_by = NULL, void_document_no = NULL`,
      demanded: { state: 'VOIDED' },
    },
    { ...RESULT, what: 'result that is published again', demanded: { state: 'CANCELLED' } },
    {
      ...{ service: 'exam', table: 'plan', id: 'plan_id' },
      what: 'plan that is open again',
      live: `state = 'PUBLISHED'`,
      demanded: { state: 'STOPPED_BY_AUTHORITY' },
    },
    { ...UPLOAD, what: 'upload that stands again', demanded: { upload_state: 'WITHDRAWN' } },
    {
      ...{ service: 'approval', table: 'institution', id: 'code' },
      what: 'filing that is back',
      live: `state = 'FILED', removed_at = NULL`,
      demanded: { state: 'REMOVED' },
    },
  ];

  it.each(PLANTED)(
    'finds the $what, and has it repaired',
    async ({ service, table, id, live, demanded }) => {
      const [[state, value]] = Object.entries(demanded) as [[string, unknown]];
      const owner = table === 'institution' ? 'code' : 'institution';
      const found = await one(
        service,
        `SELECT ${id} AS id FROM ${table} WHERE ${owner} = $1 AND ${state} = $2 ORDER BY 1 LIMIT 1`,
        institution,
        value,
      );
      await altered(service, `UPDATE ${table} SET ${live} WHERE ${id} = $1`, found['id']);
      await reopens(String(found['id']));
      await completes();
      const mended = await one(service, `SELECT * FROM ${table} WHERE ${id} = $1`, found['id']);
      expect(mended).toMatchObject(demanded);
      if (service === 'certificate') expect(mended).toMatchObject({ voided_by: orderId, void_document_no: documentNo });
      if (service === 'exchange') expect(mended).toMatchObject({ claims: 1 });
    },
    180_000,
  );

  it.each([
    ['revoked', `UPDATE recovery SET state = 'REVOKED', revoked_at = now() WHERE payment_id = $1`],
    ['gone', `DELETE FROM recovery WHERE payment_id = $1`],
    ['of less money than was paid', `UPDATE recovery SET fen = fen - 1 WHERE payment_id = $1`],
  ])(
    'finds a payment whose recovery is %s, and has it recovered again',
    async (_, planting) => {
      const { id } = await one('subsidy', `SELECT payment_id AS id FROM recovery WHERE institution = $1 ORDER BY 1 LIMIT 1`, institution);
      await altered('subsidy', planting, id);
      await reopens(String(id));
      await completes();
      const whole = `r.fen = p.fen AS whole FROM recovery r JOIN payment p USING (payment_id)`;
      const recoveries = await sql('subsidy', `SELECT r.state, r.revoked_at, r.order_id, ${whole} WHERE payment_id = $1`, id);
      expect(recoveries).toEqual([{ state: 'DRAFT', revoked_at: null, order_id: orderId, whole: true }]);
    },
    180_000,
  );

  it.each(['approval', 'exam', 'certificate', 'subsidy'])(
    'finds the hold of %s released, and has it placed again',
    async (service) => {
      await altered(service, `UPDATE messaging.hold SET released_at = now() WHERE order_id = $1`, orderId);
      await reopens(`hold:${orderId}`);
      await completes();
      const hold = await one(service, `SELECT released_at, standing FROM messaging.hold WHERE order_id = $1`, orderId);
      expect(hold).toEqual({ released_at: null, standing: true });
    },
    180_000,
  );

  /** No record in the order's scope is wrong, so the order's rows are done again; two services still contradict each other. */
  const staysOpen = (record: string): Promise<OrderJson> =>
    until(
      () => signer.get<OrderJson>(`/orders/${orderId}`),
      (order) => order.rows.every((row) => row.state === 'DONE') && order.residual === 1 && namedBy(order).includes(record),
      { withinMs: 60_000 },
    );
  const contradicting = (order: OrderJson): string[] =>
    order.crossChecks.filter(({ contradictions }) => contradictions > 0).map(({ check }) => check);

  const COPY = `INSERT INTO payment (payment_id, certificate_number, institution, plan_id, session_id, occupation, level, person, fen, fund_source, paid_on, exam_date)
    SELECT $2, certificate_number, $3, plan_id, session_id, occupation, level, person, fen, (
      SELECT fund FROM unnest(ARRAY['UNEMPLOYMENT_INSURANCE', 'EMPLOYMENT_FUND', 'SKILL_ACTION_ACCOUNT']) fund
      WHERE NOT EXISTS (SELECT 1 FROM payment o WHERE o.certificate_number = p.certificate_number AND o.fund_source = fund) LIMIT 1
    ), paid_on, exam_date FROM payment p WHERE payment_id = $1`;
  const paymentToCopy = async (skip: number): Promise<string> => {
    const found = await one(
      'subsidy',
      `SELECT payment_id AS id FROM payment WHERE institution = $1 ORDER BY 1 OFFSET $2::int LIMIT 1`,
      institution,
      skip,
    );
    return String(found['id']);
  };

  it('does not recover a payment that nobody signed before a person other than the drafter has confirmed it', async () => {
    const planted = `${await paymentToCopy(0)}-planted`;
    await sql('subsidy', COPY, await paymentToCopy(0), planted, institution);
    await reopens(planted);
    await drifts();
    expect(await sql('subsidy', `SELECT 1 FROM recovery WHERE payment_id = $1`, planted)).toEqual([]);
    await expect(confirmDrift(drafter, orderId)).rejects.toThrow(/403.*order\.same_person/);
    const blind = signer.post<OrderJson>(`/orders/${orderId}/confirm-drift`, { seen: [{ row: 1, root: '00' }] });
    await expect(blind).rejects.toThrow(/409.*order\.preview_changed/);
    await confirmDrift(signer, orderId);
    await completes();
    expect(await one('subsidy', `SELECT state FROM recovery WHERE payment_id = $1`, planted)).toEqual({ state: 'DRAFT' });
    await expect(confirmDrift(signer, orderId)).rejects.toThrow(/order\.illegal_move|row\.not_drifted/);
  }, 180_000);

  it('finds a payment on a void certificate that subsidy stores under another institution, and stays open until the payment is gone', async () => {
    const planted = `${await paymentToCopy(9)}-elsewhere`;
    await sql('subsidy', COPY, await paymentToCopy(9), planted, elsewhere);
    const open = await reopens(planted);
    expect(open.residual).toBe(1);
    expect(contradicting(open)).toEqual(['VOID_CERTIFICATE_PAYMENT_WITHOUT_RECOVERY']);
    await staysOpen(planted);
    await altered('subsidy', `DELETE FROM payment WHERE payment_id = $1`, planted);
    await completes();
  }, 180_000);

  it('finds a valid certificate of another institution on a cancelled result, and stays open until the certificate is gone', async () => {
    const certified = (await sql('certificate', `SELECT result_id AS id FROM certificate WHERE institution = $1`, institution)).map(
      ({ id }) => id,
    );
    const bare = await one(
      'exam',
      `SELECT result_id AS id FROM result WHERE institution = $1 AND state = 'CANCELLED' AND NOT result_id = ANY($2::text[]) LIMIT 1`,
      institution,
      certified,
    );
    const of = await one(
      'certificate',
      `SELECT number, result_id FROM certificate WHERE institution = $1 AND state = 'ISSUED' LIMIT 1`,
      elsewhere,
    );
    await altered('certificate', `UPDATE certificate SET result_id = $2 WHERE number = $1`, of['number'], bare['id']);
    expect(contradicting(await reopens(String(of['number'])))).toEqual(['CANCELLED_RESULT_VALID_CERTIFICATE']);
    await staysOpen(String(of['number']));
    await altered('certificate', `UPDATE certificate SET result_id = $2 WHERE number = $1`, of['number'], of['result_id']);
    await completes();
  }, 180_000);

  // A record that was moved to another institution is no longer in any scope.
  const WANDERED = [RESULT, UPLOAD];

  it.each(WANDERED)(
    'finds a $table that was moved to another institution, and repairs it once it is back',
    async ({ service, table, id, live }) => {
      // A record that the other service also stores: the certificate's result, the result's certificate.
      const { number, result_id: result } = await one(
        'certificate',
        `SELECT number, result_id FROM certificate WHERE institution = $1 ORDER BY number OFFSET 3 LIMIT 1`,
        institution,
      );
      const record = table === 'result' ? result : number;
      await altered(service, `UPDATE ${table} SET institution = $2, ${live} WHERE ${id} = $1`, record, elsewhere);
      // The service's own history shows what the record was, so the other service is not even asked.
      await reopens(`${String(record)}：${table}.institution 与执行时不符，须从备份恢复`);
      await drifts();
      await altered(service, `UPDATE ${table} SET institution = $2 WHERE ${id} = $1`, record, institution);
      await confirmDrift(signer, orderId);
      await completes();
      expect(await sql(service, `SELECT 1 FROM ${table} WHERE ${id} = $1 AND ${live}`, record)).toEqual([]);
    },
    180_000,
  );
});
