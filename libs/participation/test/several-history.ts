// One history of several orders in a service. Records are made and officers change them, messages are late and repeated, courts suspend
// orders, and sweeps reopen them. After each step the state of the service is compared with the model.
import { OrderReopened, OrderResumed, OrderSuspended } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { execute, rowsOf } from '@hengji/messaging';
import sql, { type Sql } from 'sql-template-tag';
import { checkGuard } from '../src';
import { paper } from './fixture';
import { SESSIONS, SeveralDecisions, type Decided, type Message } from './several-decisions';
import { SeveralPaper } from './several-model';

const COUNT = 7;
const MOST_PAPERS = 14;

export class SeveralHistory extends SeveralDecisions {
  async begin(): Promise<void> {
    for (let i = 1; i <= COUNT; i += 1) await this.write();
  }

  /** Makes a new record, if the guard permits it. */
  private async write(): Promise<void> {
    if (this.papers.size >= MOST_PAPERS) return;
    const i = this.papers.size + 1;
    const made = new SeveralPaper(paper(i, this.institution), SESSIONS[i % 3] ?? '');
    const isHeld = this.decided.some(({ order }) => order.isHolding(made));
    this.steps.push(`make ${made.id} in ${made.session}${isHeld ? ' (held)' : ''}`);
    const done = this.service.db.$transaction(async (tx) => {
      await checkGuard(tx, this.institution, [{ certificateNumber: made.id, sessionId: made.session }]);
      await execute(
        tx,
        sql`INSERT INTO paper (certificate_number, institution, plan_id, session_id, occupation, level, person, exam_date, state)
         VALUES (${made.id}, ${this.institution}, 'p', ${made.session}, '6-31-01-03', '3', lpad('1', 32, '0'), '2026-01-01', 'ISSUED')`,
      );
    });
    const got = await done.then(
      () => '',
      ({ reason }: { reason?: string }) => reason,
    );
    if (got !== (isHeld ? 'order.held' : '')) throw new Error(`made ${made.id}: '${got}', held by the model: ${isHeld}`);
    if (!isHeld) this.papers.set(made.id, made);
  }

  /** An officer of the service changes a record, lawfully or not; mostly a void record. */
  private async change(): Promise<void> {
    const voided = [...this.papers.values()].filter(({ state: is }) => is === 'VOID');
    const changed = this.one(voided.length > 0 && this.pick(4) > 0 ? voided : [...this.papers.values()]);
    const state = this.one(['ISSUED', 'ISSUED', 'ISSUED', 'EXPIRED', 'REISSUED', 'VOID']);
    this.steps.push(`change ${changed.id} ${state}`);
    await execute(this.service.db, sql`UPDATE paper SET state = ${state} WHERE certificate_number = ${changed.id}`);
    changed.state = state;
  }

  private suspend(decided: Decided): void {
    const { order, isCarriedOut: completed } = decided;
    if (decided.isStayed || decided.liftings.some(({ whole }) => whole)) return;
    decided.isStayed = true;
    const suspendedAt = this.service.now();
    const value = OrderSuspended.fromPartial({ orderId: order.id, suspendedAt, reason: '裁定', completed });
    this.notice(`${order.id} suspended`, { $case: 'orderSuspended', value }, () => order.suspend(suspendedAt, completed));
  }

  private resume(decided: Decided): void {
    const { order } = decided;
    if (!decided.isStayed || decided.liftings.some(({ whole }) => whole)) return;
    decided.isStayed = false;
    const resumedAt = this.service.now();
    const value = OrderResumed.fromPartial({ orderId: order.id, resumedAt });
    this.notice(`${order.id} resumed`, { $case: 'orderResumed', value }, () => order.resume(resumedAt));
  }

  /** A closed order, or one of its liftings, is reopened because of residual records. */
  private async sweep(decided: Decided): Promise<void> {
    const { order, liftings } = decided;
    const isOver = liftings.some(({ whole }) => whole);
    if (!decided.isCarriedOut || decided.isOpen || decided.isStayed || this.openLifting(decided) || !this.isQuiet(decided)) return;
    this.steps.push(`sweep ${order.id}`);
    const lifts = [...(isOver ? [] : [{ number: 0, scope: order.scope }]), ...liftings];
    for (const { number, scope } of lifts) {
      const rows = order.rows.filter(({ lifting }) => lifting === number);
      const numbers = [...new Set((await this.counted(decided, rows, scope)).map((found) => Number(found.split(' ')[0])))];
      if (numbers.length === 0) continue;
      if (number === 0) decided.isOpen = true;
      for (const lifting of liftings) if (lifting.number === number) lifting.isOpen = true;
      const reopenedAt = this.service.now();
      const value = OrderReopened.fromPartial({ orderId: order.id, reopenedAt, rows: numbers });
      // Enforcement's state changes now, although the service has not consumed the message yet.
      this.notice(`${order.id} reopened ${numbers.join()}`, { $case: 'orderReopened', value }, () => order.reopen(reopenedAt, numbers));
      return;
    }
  }

  private async deliver(message: Message | undefined): Promise<void> {
    if (!message) return;
    this.steps.push(`hear ${message.text}`);
    await this.service.hear(message.name, message.event);
    message.toModel();
    this.heard.push(message);
  }

  private async work(decided: Decided): Promise<void> {
    const { order } = decided;
    const row = this.one(order.rows.filter(({ state }) => state === 'RUNNING'));
    if (!row) return;
    this.steps.push(`work ${order.id}/${row.number}`);
    await this.service.work(`order-row/${order.id}/${row.number}/${row.attempt}`);
    order.work(row, this.service.chunk, (record) => this.left.push(record));
  }

  /** The next step of the order, as enforcement's driver and the service's own work would take it. */
  private async goOn(decided: Decided): Promise<void> {
    const { order } = decided;
    if (this.bus.length > 0 && this.pick(2) === 0) return this.deliver(this.bus.shift());
    if (order.rows.some(({ state }) => state === 'RUNNING') && !(order.rests && this.pick(3) > 0)) return this.work(decided);
    if (decided.isStayed && this.pick(3) === 0) return this.resume(decided);
    if (!decided.isIssued) return this.issue(decided);
    if (this.inForce(decided).some(({ state }) => state === 'REFUSED' || state === 'WAITING')) return this.release(decided);
    if (decided.isOpen || this.openLifting(decided)) return this.complete(decided);
    return this.pick(2) === 0 ? this.sweep(decided) : this.liftSome(decided);
  }

  async step(): Promise<void> {
    this.service.tick();
    const decided = this.one(this.decided);
    if (!decided) return this.sign();
    if (this.pick(3) > 0) return this.goOn(decided);
    const disturb = this.one([
      () => this.sign(),
      () => this.write(),
      () => this.write(),
      () => this.change(),
      () => this.change(),
      () => this.fence(decided),
      () => this.suspend(decided),
      () => this.liftSome(decided),
      () => this.sweep(decided),
      () => this.deliver(this.one(this.heard)),
      () => this.deliver(this.one(this.heard)),
    ]);
    return disturb();
  }

  /**
   * From the time when the service consumed the order, its stop is in force at every instant. The stop ends when M1 is lifted there or a
   * court suspends the order. Other orders that are issued, lifted or replaced in between do not change this.
   */
  private checkDemanded(permitted: readonly boolean[]): void {
    for (const { order, liftings, isStayed } of this.decided) {
      if (!order.hasM1 || !order.hold || isStayed || order.hold.paused) continue;
      SESSIONS.forEach((session, i) => {
        const reaches = ({ sessions }: { readonly sessions: readonly string[] }): boolean =>
          sessions.length === 0 || sessions.includes(session);
        const isLifted = liftings.some(({ hasM1, scope }) => hasM1 && reaches(scope));
        if (permitted[i] && reaches(order.scope) && !isLifted) throw new Error(`${order.id} stops ${session}, and the guard does not`);
      });
    }
  }

  /** The state of the service, and the state of the model. */
  async compared(): Promise<{ seen: unknown; expected: unknown }> {
    const { db } = this.service;
    const like = `${this.seed}-o%`;
    const text = (statement: Sql): Promise<{ text: string }[]> => rowsOf(db, statement);
    const seen = await Promise.all([
      text(
        sql`SELECT concat_ws(' ', certificate_number, state, voided_by, '|', (SELECT string_agg(order_id, ' ' ORDER BY seq) FROM messaging.claim
           WHERE record_id = certificate_number AND lifted_at IS NULL)) AS text FROM paper WHERE institution = ${this.institution} ORDER BY certificate_number`,
      ),
      text(
        sql`SELECT concat_ws(' ', order_id, epoch, standing, released_at IS NOT NULL, paused_at IS NOT NULL, was_paused, jsonb_array_length(except_scopes))
           AS text FROM messaging.hold WHERE order_id LIKE ${like} ORDER BY epoch`,
      ),
      text(
        sql`SELECT concat_ws(' ', order_id, "row", state, attempt) AS text FROM messaging.order_row WHERE order_id LIKE ${like} ORDER BY order_id, "row"`,
      ),
      text(sql`SELECT order_id AS text FROM messaging.suspension WHERE order_id LIKE ${like} AND resumed_at IS NULL ORDER BY order_id`),
      text(
        sql`SELECT concat_ws(' ', order_id, "row", record_id, would_be, found) AS text FROM messaging.left_record WHERE order_id LIKE ${like}`,
      ),
    ]);
    const orders = this.decided.map(({ order }) => order);
    const tries = SESSIONS.map((session) => new SeveralPaper(paper(900_000, this.institution), session));
    const permitted = await this.service.permits(
      this.institution,
      tries.map(({ id, session }) => ({ certificateNumber: id, sessionId: session })),
    );
    this.checkDemanded(permitted);
    const [papers, holds, rows, resting, left] = seen.map((list) => list.map((one) => one.text));
    return {
      seen: { papers, holds, rows, resting, left: left?.sort(), permitted },
      expected: {
        papers: [...this.papers.values()].map(({ id, state, by, claims }) =>
          [id, state, by, '|', claims.map(({ order }) => order).join(' ')].filter((word) => word).join(' '),
        ),
        holds: orders.flatMap(({ id, epoch, hold }) =>
          hold
            ? [
                [
                  id,
                  epoch,
                  ...[hold.standing, hold.released, hold.paused, hold.wasPaused].map((is) => (is ? 't' : 'f')),
                  hold.except.length,
                ].join(' '),
              ]
            : [],
        ),
        rows: orders.flatMap(({ id, rows: asked }) =>
          asked.filter(({ state }) => state !== 'UNKNOWN').map(({ number, state, attempt }) => [id, number, state, attempt].join(' ')),
        ),
        resting: orders.filter(({ rests }) => rests).map(({ id }) => id),
        left: [...this.left].sort(),
        permitted: tries.map((made) => !orders.some((order) => order.isHolding(made))),
      },
    };
  }
}
