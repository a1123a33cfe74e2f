// The domain has its own copy of the words of proto, because it may not import proto. Both sides must have the same words.
import { OrderPhase, OrderState, RowState, SituationTone } from '@hengji/contracts/enforcement/v1/enforcement_service';
import {
  ApprovalEffect,
  CertificateEffect,
  ExamEffect,
  ExchangeEffect,
  Measure,
  SubsidyEffect,
  Violation,
} from '@hengji/contracts/enforcement/v1/order';
import { Role } from '@hengji/contracts/meta/v1/meta';
import { ROLES } from '@hengji/province';
import { executing, NOW } from '../../test/orders';
import { EFFECTS, MEASURES } from '../domain/cascade';
import { ROW_STATES } from '../domain/ledger';
import { ORDER_STATES, VIOLATIONS } from '../domain/order';
import { ORDER_PHASES } from '../domain/reading/phase';
import { TONES } from '../domain/reading/situations';
import { viewOf } from '../domain/reading/view';
import { orderMessage } from './messages';
import { orderStatement } from './statements';

describe('words', () => {
  it.each<[string, Record<string, string>, readonly string[]]>([
    ['measures', Measure, MEASURES],
    ['violations', Violation, VIOLATIONS],
    ['roles', Role, ROLES],
    ['states of an order', OrderState, ORDER_STATES],
    ['states of a row', RowState, ROW_STATES],
    ['phases of an order', OrderPhase, ORDER_PHASES],
    ['tones of a situation', SituationTone, TONES],
    ['effects of approval', ApprovalEffect, EFFECTS.approval],
    ['effects of exam', ExamEffect, EFFECTS.exam],
    ['effects of certificate', CertificateEffect, EFFECTS.certificate],
    ['effects of subsidy', SubsidyEffect, EFFECTS.subsidy],
    ['effects of exchange', ExchangeEffect, EFFECTS.exchange],
  ])('%s', (_, wire, domain) => {
    expect([...domain].sort()).toEqual(
      Object.values(wire)
        .filter((word) => word !== 'UNSPECIFIED')
        .sort(),
    );
  });
});

describe('the order on the wire', () => {
  it('shows the ledger row by row, and -1 for what was not counted', () => {
    const actor = { officerId: 'o-3', role: 'CITY_OFFICER' as const, authority: '2101', institution: '' };
    const message = orderMessage(executing(), viewOf(executing(), { actor, theCase: null, now: NOW }));
    expect(message).toMatchObject({ state: 'EXECUTING', epoch: 7n, residual: -1n, documentNo: '沈人社鉴处〔2026〕1号' });
    expect(message.rows[0]).toMatchObject({
      ask: { row: 1, measure: 'CANCEL_RESULTS', effect: { $case: 'exam', value: 'CANCEL_RESULTS' }, signedCount: 1n, undo: false },
      service: 'exam',
      state: 'ASKED',
      preview: { count: 1n },
    });
    expect(message.rows[3]?.ask).toMatchObject({ measure: 'UNSPECIFIED', effect: { $case: 'exchange', value: 'NOTIFY_POLICE' } });
    expect(message.fences.map(({ service }) => service)).toEqual(['approval', 'exam', 'certificate', 'subsidy', 'exchange']);
  });
});

describe('the order statement', () => {
  it('has for each row its records, and the money and people that the signer was shown', () => {
    const order = executing();
    const rows = order.rows.map((row) => ({ ...row, preview: row.preview && { ...row.preview, fen: 1_200n, people: 7n } }));
    expect(orderStatement({ ...order, rows }, NOW).rows[1]).toMatchObject({
      row: '2',
      signedCount: '2',
      signedFen: '1200',
      signedPeople: '7',
    });
  });
});
