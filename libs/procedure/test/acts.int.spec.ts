// Acts on a real database. They are written together with the change or not at all, chained after their commit, never changed, and covered
// by signed checkpoints. The offline verifier has its own spec.
import { ListQuery } from '@hengji/contracts/meta/v1/list';
import { Actor } from '@hengji/contracts/meta/v1/meta';
import { ListActsRequest, ListActsResponse, RecordExportRequest, type ExportStep } from '@hengji/contracts/procedure/v1/acts_service';
import { RowReleased } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { createLog } from '@hengji/host';
import { closeAfterSuite, openDb, scratchDatabase, testSigner } from '@hengji/testing';
import { execute, rowsOf, type SqlDb } from '@hengji/messaging';
import sql, { raw } from 'sql-template-tag';
import { chainActs, type ActChainOptions } from '../src/acts/act-chain';
import { actsServer } from '../src/acts/acts-server';
import { keepOwnAct, recorded, recordedOnce, type DoingOnce } from '../src';

const DOING: DoingOnce = {
  by: { kind: 'PERSON', id: 'u1', account: 'wang', name: '王科', role: 'CITY_OFFICER', post: '经办', authority: '2101', institution: '' },
  ...{ what: 'CreatePlan', kind: 'plan', purpose: '', requestId: 'r1', request: 'CreatePlan:1', evidence: ['a1'], orderId: '', caseId: '' },
};
const ON = { id: 'p1', institution: 'S000021010003' };
const ANSWER = RowReleased.fromPartial({ orderId: 'o1' });

const serverOn = (db: SqlDb, titleOfStep = (_: string): string | undefined => undefined) =>
  actsServer({ db, service: 'exam', places: 'institution_place', titleOfStep });

interface Stage {
  readonly db: SqlDb;
  readonly url: string;
  readonly chain: (change?: Partial<ActChainOptions['config']> & { now?: Date }) => Promise<boolean>;
}

const stage = async (): Promise<Stage> => {
  const { url } = await scratchDatabase();
  const { db, close } = openDb(url);
  closeAfterSuite(close);
  const chain: Stage['chain'] = ({ now = new Date(), ...config } = {}) =>
    chainActs({
      ...{ service: 'exam', db, signer: testSigner('exam'), log: createLog('test', 'silent'), now: () => now },
      config: { ACTS_PER_CHECKPOINT: 1_000, ACTS_CHECKPOINT_SECONDS: 60, ...config },
    });
  return { db, url, chain };
};

const own = (db: SqlDb, id: string): Promise<void> =>
  db.$transaction((tx) => keepOwnAct(tx, 'exam', { what: 'NoteCertificates', on: { kind: 'result', id, institution: '' } }));

const placed = (db: SqlDb): Promise<{ record_id: string; position: string | null }[]> =>
  rowsOf(db, sql`SELECT record_id, position::text FROM procedure.act ORDER BY act.position NULLS LAST, id`);

describe('an act', () => {
  it('is written with actor, RPC, record and evidence, once per request', async () => {
    const { db } = await stage();
    const ask = () => db.$transaction((tx) => recordedOnce(tx, DOING, RowReleased, async () => ({ answer: ANSWER, on: ON })));
    expect(await ask()).toEqual(await ask());
    expect(await rowsOf(db, sql`SELECT * FROM procedure.act`)).toEqual([
      expect.objectContaining({
        ...{ by_kind: 'PERSON', by_id: 'u1', by_account: 'wang', by_name: '王科', by_role: 'CITY_OFFICER', by_post: '经办' },
        ...{ by_authority: '2101', what: 'CreatePlan', record_kind: 'plan', record_id: 'p1', institution: 'S000021010003' },
        ...{ evidence: ['a1'], request_id: 'r1', position: null },
      }),
    ]);
  });

  it('does not exist when the change is rolled back', async () => {
    const { db } = await stage();
    const fails = db.$transaction(async (tx) => {
      await recorded(tx, DOING, async () => ({ answer: 1, on: ON }));
      throw new Error('later');
    });
    await expect(fails).rejects.toThrow('later');
    expect(await placed(db)).toEqual([]);
  });

  it('stores texts that PostgreSQL cannot hold as far as possible', async () => {
    const { db, chain } = await stage();
    await own(db, `a\0b\ud800${'x'.repeat(1_000)}`);
    await chain();
    expect((await placed(db))[0]?.record_id).toHaveLength(500);
  });

  it.each([
    `UPDATE procedure.act SET what = 'x'`,
    `UPDATE procedure.act SET position = 9, previous = '', hash = ''`,
    `DELETE FROM procedure.act`,
    `TRUNCATE procedure.act`,
    `UPDATE procedure.act_checkpoint SET hash = ''`,
    `DELETE FROM procedure.act_checkpoint`,
  ])('refuses %s', async (change) => {
    const at = await stage();
    await own(at.db, 'a');
    await at.chain({ ACTS_PER_CHECKPOINT: 1 });
    await expect(execute(at.db, raw(change))).rejects.toThrow('never changed');
  });
});

describe('the chain', () => {
  it('positions acts in the order in which they are found: an act whose transaction was open during a pass comes later', async () => {
    const { db, chain } = await stage();
    await db.$transaction(async (tx) => {
      await keepOwnAct(tx, 'exam', { what: 'x', on: { kind: 'result', id: 'open', institution: '' } });
      await own(db, 'a');
      await chain();
      await own(db, 'b');
    });
    await chain();
    expect((await placed(db)).map(({ record_id }) => record_id)).toEqual(['a', 'open', 'b']);
  });

  it('continues beyond a thousand acts, and two concurrent passes do not conflict', async () => {
    const at = await stage();
    await at.db.$transaction(async (tx) => {
      for (let i = 0; i < 1_100; i += 1)
        await keepOwnAct(tx, 'exam', { what: 'x', on: { kind: 'result', id: String(i), institution: '' } });
    });
    const passes = await Promise.all([at.chain(), at.chain()]);
    expect(passes).toContain(true);
    while (await at.chain({ ACTS_PER_CHECKPOINT: 500 }));
    expect((await placed(at.db)).map(({ position }) => Number(position))).toEqual(Array.from({ length: 1_100 }, (_, i) => i + 1));
  });

  it('signs a checkpoint after the configured number of acts, or at the configured age of the oldest uncovered act', async () => {
    const { db, chain } = await stage();
    const numbers = (): Promise<{ position: string }[]> =>
      rowsOf(db, sql`SELECT position::text FROM procedure.act_checkpoint ORDER BY act_checkpoint.number`);
    await own(db, 'a');
    await chain({ ACTS_PER_CHECKPOINT: 2 });
    expect(await numbers()).toEqual([]);
    await own(db, 'b');
    await chain({ ACTS_PER_CHECKPOINT: 2 });
    expect(await numbers()).toEqual([{ position: '2' }]);
    await own(db, 'c');
    await chain({ now: new Date(Date.now() + 50_000) });
    expect(await numbers()).toHaveLength(1);
    await chain({ now: new Date(Date.now() + 70_000) });
    await chain({ now: new Date(Date.now() + 140_000) });
    expect(await numbers()).toEqual([{ position: '2' }, { position: '3' }]);
  });
});

describe('listActs', () => {
  const CALL = { caller: 'gateway' } as Parameters<ReturnType<typeof actsServer>['listActs']>[1];
  const asking = async () => {
    const { db } = await stage();
    const act = (requestId: string, id: string, by = DOING.by): Promise<number> =>
      db.$transaction((tx) => recorded(tx, { ...DOING, by, requestId, caseId: 'k1' }, async () => ({ answer: 1, on: { ...ON, id } })));
    for (const n of [1, 2, 3]) await act(`r${n}`, 'p1');
    await act('r4', 'p2', { ...DOING.by, id: 'u2' });
    await own(db, 'x');
    const list = (asked: Partial<ListActsRequest>) => serverOn(db).listActs(ListActsRequest.fromPartial(asked), CALL);
    return async (asked: Partial<ListActsRequest>): Promise<string[]> =>
      ((await list(asked)).acts ?? []).map(({ requestId = '', what }) => requestId || String(what));
  };

  it('narrows by record, case, person, institution and time, newest first', async () => {
    const list = await asking();
    expect(await list({ recordKind: 'plan', recordId: 'p1' })).toEqual(['r3', 'r2', 'r1']);
    expect(await list({ caseId: 'k1' })).toEqual(['r4', 'r3', 'r2', 'r1']);
    expect(await list({ personId: 'u2' })).toEqual(['r4']);
    expect(await list({ institution: ON.institution, personId: 'u1' })).toEqual(['r3', 'r2', 'r1']);
    expect(await list({ recordKind: 'result', recordId: 'x' })).toEqual(['NoteCertificates']);
    expect(await list({ caseId: 'k1', until: new Date(0) })).toEqual([]);
    expect(await list({ caseId: 'k1', from: new Date(0) })).toHaveLength(4);
  });

  it('pages, returns the actor, and refuses to list everything', async () => {
    const { db } = await stage();
    for (const id of ['a', 'b', 'c']) await own(db, id);
    await db.$transaction((tx) => recorded(tx, DOING, async () => ({ answer: 1, on: ON })));
    const list = (asked: Partial<ListActsRequest>) => serverOn(db).listActs(ListActsRequest.fromPartial(asked), CALL);
    const first = await list({ institution: ON.institution, page: { after: '', limit: 1 } });
    expect(first.acts).toMatchObject([
      { person: { officerId: 'u1', account: 'wang', role: 'CITY_OFFICER', post: '经办' }, service: '', position: 0n },
    ]);
    expect((await list({ institution: ON.institution, page: { after: first.next ?? '', limit: 1 } })).acts).toEqual([]);
    expect((await list({ recordKind: 'result', recordId: 'a' })).acts).toMatchObject([{ person: undefined, service: 'exam' }]);
    for (const nothing of [{}, { recordKind: 'plan' }, { recordId: 'p1' }])
      await expect(list(nothing)).rejects.toMatchObject({ reason: 'acts.filter_missing' });
    await expect(list({ caseId: 'k', page: { after: 'x', limit: 1 } })).rejects.toMatchObject({ reason: 'page.cursor_invalid' });
  });

  describe('with a query', () => {
    const officer = (authority: string, role: 'CITY_OFFICER' | 'AUDITOR' | 'PROVINCE_OFFICER' | 'INSTITUTION' = 'CITY_OFFICER') =>
      Actor.fromPartial({ officerId: 'reader', role, authority, institution: role === 'INSTITUTION' ? ON.institution : '' });
    const doneOn = (on: { id: string; institution: string }) => async () => ({ answer: 1, on });
    const placed = async () => {
      const { db } = await stage();
      await execute(db, sql`CREATE TABLE institution_place (code text PRIMARY KEY, name text, authority text, area text)`);
      await execute(db, sql`INSERT INTO institution_place VALUES (${ON.institution}, '某机构', '2101', '210102')`);
      await execute(db, sql`INSERT INTO institution_place VALUES ('B', '某校', '2102', '210202')`);
      const act = (requestId: string, change: Partial<DoingOnce>, institution: string): Promise<number> =>
        db.$transaction((tx) => recorded(tx, { ...DOING, requestId, ...change }, doneOn({ id: requestId, institution })));
      return { db, act };
    };
    const lists = async () => {
      const { db, act } = await placed();
      await act('a', { what: 'TakeStep CLOSE', kind: 'case', caseId: 'k1' }, ON.institution);
      await act('b', { by: { ...DOING.by, id: 'u2', name: '李科', authority: '2102' }, orderId: 'o1' }, 'B');
      await act('c', { by: { ...DOING.by, authority: '2102' } }, '');
      await act('o1', { what: 'DraftOrder', kind: 'order' }, 'B');
      await own(db, 'x');
      const list = async (actor: Actor | undefined, query: Partial<ListQuery> = {}) => {
        const asked = ListActsRequest.fromPartial({ actor, query: ListQuery.fromPartial(query) });
        return ListActsResponse.fromPartial(await serverOn(db).listActs(asked, CALL));
      };
      return async (actor: Actor | undefined, query?: Partial<ListQuery>): Promise<readonly [ids: string[], page: ListActsResponse]> => {
        const page = await list(actor, query);
        return [page.acts.map(({ recordId }) => recordId), page];
      };
    };
    const filter = (field: string, ...values: string[]) => ({ filters: [{ field, op: 'IS' as const, values }] });

    it('shows each reader their territory; an act about no institution belongs to the territory of its actor', async () => {
      const list = await lists();
      const ids = async (actor: Actor) => (await list(actor))[0];
      expect(await ids(officer('LN', 'PROVINCE_OFFICER'))).toEqual(['x', 'o1', 'c', 'b', 'a']);
      expect(await ids(officer('LN', 'AUDITOR'))).toEqual(['x', 'o1', 'c', 'b', 'a']);
      expect(await ids(officer('2101'))).toEqual(['a']);
      expect(await ids(officer('2102', 'AUDITOR'))).toEqual(['o1', 'c', 'b']);
      expect(await ids(officer('2103'))).toEqual([]);
      expect(await ids(officer('2101', 'INSTITUTION'))).toEqual(['a']);
      await expect(list(undefined)).rejects.toMatchObject({ reason: 'actor.missing' });
    });

    it('names a step in the words of the service, an effect and a state in common words, and nothing else', async () => {
      const { db, act } = await placed();
      for (const what of ['TakeStep CLOSE', 'UNDO HOLD_ISSUING', 'NoteUploads UPLOADED', 'RecordResults']) await act(what, { what }, 'A');
      const asked = ListActsRequest.fromPartial({ actor: officer('LN', 'PROVINCE_OFFICER'), query: ListQuery.fromPartial({}) });
      const { acts } = await serverOn(db, (step) => (step === 'CLOSE' ? '结案' : undefined)).listActs(asked, CALL);
      expect(acts?.map(({ stepTitle }) => stepTitle).toReversed()).toEqual(['结案', '停止核发与上传', '已上传', '']);
    });

    it('narrows, counts, pages, and separates the step from the RPC', async () => {
      const list = await lists();
      const province = officer('LN', 'PROVINCE_OFFICER');
      const [, { acts, total, institutions }] = await list(province, filter('caseId', 'k1'));
      expect(acts).toMatchObject([{ what: 'TakeStep', step: 'CLOSE', keptBy: 'exam', personName: '王科', personId: 'u1' }]);
      expect([total, institutions]).toMatchObject([{ count: 1, more: false }, [{ code: ON.institution, name: '某机构' }]]);
      for (const [query, found] of [
        [filter('orderId', 'o1'), ['o1', 'b']],
        [filter('personId', 'u2'), ['b']],
        [filter('personId', 'exam'), []],
        [filter('what', 'TakeStep'), ['a']],
        [filter('recordKind', 'case', 'result'), ['x', 'a']],
        [filter('actId', acts[0]?.actId ?? ''), ['a']],
        [filter('keptBy', 'subsidy'), []],
        [{ filters: [{ field: 'personName', op: 'HAS', values: ['李'] }] }, ['b']],
        [{ filters: [{ field: 'at', op: 'UNTIL', values: ['2020-01-01'] }] }, []],
        [{ sort: [{ field: 'at', descending: false }] }, ['a', 'b', 'c', 'o1', 'x']],
      ] as const)
        expect((await list(province, query as Partial<ListQuery>))[0]).toEqual(found);
      const [first, { next }] = await list(province, { limit: 3 });
      const [rest, last] = await list(province, { limit: 3, cursor: next });
      expect([first, rest, last.next]).toEqual([['x', 'o1', 'c'], ['b', 'a'], '']);
      await expect(list(province, filter('what', 'Nothing'))).rejects.toMatchObject({ reason: 'list.value_invalid' });
    });
  });
});

describe('recordExport', () => {
  const CALL = { caller: 'gateway' } as Parameters<ReturnType<typeof actsServer>['recordExport']>[1];
  const institutions = Array.from({ length: 6 }, (_, i) => `S00002101000${i}`);
  const filters = [
    { field: 'institution', op: 'IS' as const, values: institutions },
    { field: 'issuedOn', op: 'FROM' as const, values: ['2026-01-01'] },
  ];
  const asked = (step: ExportStep, rows = 0): RecordExportRequest =>
    RecordExportRequest.fromPartial({
      ...{ requestId: 'x1', actor: { officerId: 'u1', role: 'CITY_OFFICER', authority: '2101' }, list: 'certificates', step, rows },
      query: { filters, sort: [{ field: 'issuedOn', descending: true }], search: '沈阳' },
    });

  it('records an act at its start and one at its end: who, which list, which filters, how many rows', async () => {
    const { db } = await stage();
    await serverOn(db).recordExport(asked('BEGAN'), CALL);
    await serverOn(db).recordExport(asked('ENDED', 7), CALL);
    const evidence = [
      `filter:institution IS ${institutions.slice(0, 4).join(',')}`,
      `filter:institution IS ${institutions.slice(4).join(',')}`,
      ...['filter:issuedOn FROM 2026-01-01', 'sort:-issuedOn', 'search:沈阳'],
    ];
    const ofOne = { by_kind: 'PERSON', by_id: 'u1', record_kind: 'list', record_id: 'certificates', institution: '', request_id: 'x1' };
    expect(await rowsOf(db, sql`SELECT * FROM procedure.act ORDER BY act.id`)).toEqual([
      expect.objectContaining({ ...ofOne, what: 'RecordExport BEGAN', evidence }),
      expect.objectContaining({ ...ofOne, what: 'RecordExport ENDED', evidence: [...evidence, 'count:7'] }),
    ]);
  });

  it('names the institution that the list belongs to, and refuses a request without an actor', async () => {
    const { db } = await stage();
    const own = { officerId: 'i1', role: 'INSTITUTION', institution: 'S000021010001' };
    await serverOn(db).recordExport({ ...asked('BEGAN'), actor: Actor.fromPartial(own as Partial<Actor>) }, CALL);
    const acts = await rowsOf<{ institution: string }>(db, sql`SELECT institution FROM procedure.act`);
    expect(acts).toEqual([{ institution: 'S000021010001' }]);
    const refused = (request: Partial<RecordExportRequest>, reason: string) =>
      expect(serverOn(db).recordExport({ ...asked('BEGAN'), ...request }, CALL)).rejects.toMatchObject({ reason });
    await refused({ actor: undefined }, 'actor.missing');
    for (const nothing of [{ requestId: '' }, { list: '' }, { query: undefined }, { step: 'UNSPECIFIED' as const }])
      await refused(nothing, 'request.field_missing');
  });
});
