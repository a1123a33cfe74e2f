// Attachments over gRPC with a folder as their store. Attachments are streamed in and out, their type follows from their
// bytes, and one request writes an attachment once. An aborted upload leaves nothing behind, and altered bytes are
// detected. Attachments of the previous version are moved.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Case } from '@hengji/contracts/enforcement/v1/case';
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { query, until } from '@hengji/testing';
import { download, messagesOf, pdfOf, piecesOf, upload } from './attachments';
import { officerOf, partyOf } from './case-walk';
import { DRAFTER, must, SIGNER, startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

const HOUR = 3_600_000;
const reason = (slug: string) => expect.objectContaining({ reason: slug });
const hexOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let world: World;
let theCase: Case;
beforeAll(async () => {
  world = await startWorld();
  theCase = await world.cases.founded(anInstitution());
});
afterEach(() => {
  world.clock.aheadMs = 0;
});

const head = (change: object = {}) => ({ actor: DRAFTER, caseId: theCase.caseId, name: '材料.pdf', ...change });
const placeOf = (hash: string, root = 'sha256'): string => join(world.objects, 'enforcement', root, hash.slice(0, 2), hash);
const filesIn = (root: string): string[] => {
  const folder = join(world.objects, 'enforcement', root);
  return existsSync(folder) ? readdirSync(folder) : [];
};
const rowsOf = async (caseId = theCase.caseId): Promise<number> =>
  (await query(world.url, 'SELECT FROM procedure.attachment WHERE file_id = $1', [caseId])).length;

describe('an attachment', () => {
  it('comes back as it was uploaded, with the type of its bytes', async () => {
    const content = pdfOf('现场照片', 12 * 1024 * 1024);
    const sha256 = createHash('sha256').update(content).digest();
    const announced = { bytes: BigInt(content.length), sha256, kind: 'DOCUMENTARY' as const };
    const attachment = await upload(world.caseClient(), head(announced), content);
    expect(attachment).toMatchObject({ mediaType: 'application/pdf', bytes: BigInt(content.length), sha256, kind: 'DOCUMENTARY' });
    expect(attachment.addedBy).toBe(DRAFTER.officerId);
    const { attachmentId } = attachment;
    expect((await download(world.caseClient(), { actor: DRAFTER, attachmentId })).equals(content)).toBe(true);
    expect(statSync(placeOf(hexOf(content))).size).toBe(content.length);
    expect(filesIn('incoming')).toEqual([]);
    expect((await world.cases.get(theCase.caseId)).attachments).toContainEqual(attachment);
    await expect(query(world.url, `UPDATE procedure.attachment SET name = 'x'`)).rejects.toThrow('never changed');
    await expect(query(world.url, 'DELETE FROM procedure.attachment')).rejects.toThrow('never deleted');
  });

  it('is returned in part on request, and a range beyond its end is refused', async () => {
    const content = pdfOf('断点续传', 300_000);
    const { attachmentId, bytes } = await upload(world.caseClient(), head({ bytes: BigInt(content.length) }), content);
    const part = (from: bigint, until: bigint) => download(world.caseClient(), { actor: DRAFTER, attachmentId, from, until });
    expect((await part(100_000n, bytes)).equals(content.subarray(100_000))).toBe(true);
    expect((await part(5n, 6n)).equals(content.subarray(5, 6))).toBe(true);
    for (const [from, until] of [
      [6n, 6n],
      [0n, bytes + 1n],
    ] as const)
      await expect(part(from, until)).rejects.toMatchObject({ kind: 'invalid', reason: 'attachment.range_invalid' });
  });

  it('is also accepted and returned in one message, for callers from before streams existed', async () => {
    const content = pdfOf('旧版本上传', 5_000_000);
    const old = { requestId: randomUUID(), ...head(), mediaType: 'video/mp4', content };
    const { attachment } = await world.caseClient().addAttachment(old);
    expect(attachment).toMatchObject({ mediaType: 'application/pdf', kind: 'OTHER' });
    const attachmentId = attachment?.attachmentId ?? '';
    expect((await world.caseClient().getAttachment({ actor: DRAFTER, attachmentId })).content.equals(content)).toBe(true);
    await expect(world.caseClient().getAttachment({ actor: DRAFTER, attachmentId: 'x' })).rejects.toEqual(reason('attachment.unknown'));
    await expect(download(world.caseClient(), { actor: DRAFTER, attachmentId: 'x' })).rejects.toEqual(reason('attachment.unknown'));
  });

  it.each<[string, object, Buffer, [reason: string, field: string]]>([
    ['empty', {}, Buffer.alloc(0), ['attachment.empty', 'content']],
    ['said to be above 200 MB', { bytes: 209_715_201n }, pdfOf(''), ['attachment.too_large', 'content']],
    ['with a folder in its name', { name: '../x.pdf' }, pdfOf(''), ['attachment.name_invalid', 'name']],
    [
      'a page that runs in a browser',
      { name: 'a.html' },
      Buffer.from('<html><script>1</script></html>'),
      ['attachment.name_differs', 'name'],
    ],
    ['a program', { name: 'a.pdf' }, Buffer.from('MZ\0\0\0'), ['attachment.type_unknown', 'content']],
    ['text that is called a PDF', {}, Buffer.from('文字'), ['attachment.name_differs', 'name']],
    ['of a type that is not this evidence', { kind: 'AUDIO_VISUAL' }, pdfOf(''), ['attachment.type_unknown', 'content']],
    ['other than was said', { sha256: Buffer.alloc(32) }, pdfOf(''), ['attachment.hash_differs', 'sha256']],
    ['of nobody', { actor: undefined }, pdfOf(''), ['actor.missing', 'actor']],
    ["of another's case", { actor: partyOf('S000021019999') }, pdfOf(''), ['case.out_of_territory', 'case_id']],
  ])('%s is refused, and nothing of it is stored', async (_, change, content, [slug, field]) => {
    const before = await rowsOf();
    const refused = upload(world.caseClient(), head(change), content);
    await expect(refused).rejects.toMatchObject({ reason: slug, message: expect.stringMatching(/[\u4e00-\u9fff]/) });
    if (slug.startsWith('attachment')) await expect(refused).rejects.toMatchObject({ detail: { field } });
    expect(await rowsOf()).toBe(before);
    expect(existsSync(placeOf(hexOf(content)))).toBe(false);
    expect(filesIn('incoming')).toEqual([]);
  });

  it('is written once per request, also when its answer was lost', async () => {
    const content = pdfOf('一次');
    const requestId = randomUUID();
    const before = await rowsOf();
    const first = await upload(world.caseClient(), head({ requestId }), content);
    expect(await upload(world.caseClient(), head({ requestId }), content)).toEqual(first);
    await expect(upload(world.caseClient(), head({ requestId }), pdfOf('另一'))).rejects.toEqual(reason('request.reused'));
    expect(await rowsOf()).toBe(before + 1);
  });

  it('is accepted for six uploads of one person at once, and for the seventh when one has ended', async () => {
    let goOn: () => void = () => undefined;
    const until = new Promise<void>((resolve) => (goOn = resolve));
    let begun = 0;
    const slow = async function* (): AsyncGenerator<Uint8Array> {
      yield pdfOf(`第${begun}个`);
      begun += 1;
      await until;
    };
    const actor = officerOf(theCase.institution, 'slow');
    const send = () => world.caseClient().uploadAttachment(messagesOf(head({ actor }), slow()));
    const sent = Array.from({ length: 7 }, send);
    // The upload that comes last is refused; the others wait.
    const refused = await Promise.race(
      sent.map((one) =>
        one.then(
          () => undefined,
          (refusal: unknown) => refusal,
        ),
      ),
    );
    expect(refused).toEqual(reason('attachment.too_many'));
    goOn();
    const settled = await Promise.allSettled(sent);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(6);
    await expect(send()).resolves.toBeDefined();
  });
});

describe('an upload that is aborted', () => {
  it('is refused when its stream ends before its file', async () => {
    const messages = async function* () {
      for await (const message of messagesOf(head(), [pdfOf('')])) if (!message.end) yield message;
    };
    await expect(world.caseClient().uploadAttachment(messages())).rejects.toEqual(reason('attachment.cut_off'));
    expect(filesIn('incoming')).toEqual([]);
  });

  it('leaves nothing when its sender disconnects', async () => {
    const before = await rowsOf();
    const leaving = new AbortController();
    const content = async function* (): AsyncGenerator<Uint8Array> {
      yield* piecesOf(pdfOf('', 1_000_000));
      await until(
        async () => filesIn('incoming').length,
        (count) => count === 1,
      );
      leaving.abort();
      await new Promise(() => undefined);
    };
    const sent = world.caseClient().uploadAttachment(messagesOf(head(), content()), { signal: leaving.signal });
    await expect(sent).rejects.toThrow();
    await until(
      async () => filesIn('incoming').length,
      (count) => count === 0,
    );
    expect(await rowsOf()).toBe(before);
  });

  it('is swept after a day, like bytes that no attachment names; these are set aside for another day', async () => {
    const incoming = join(world.objects, 'enforcement', 'incoming', 'left');
    const orphan = hexOf(Buffer.from('killed between the store and the row'));
    mkdirSync(dirname(placeOf(orphan)), { recursive: true });
    for (const path of [incoming, placeOf(orphan)]) writeFileSync(path, 'killed between the store and the row');
    const kept = pdfOf('已登记');
    const { attachmentId } = await upload(world.caseClient(), head(), kept);
    const exist = async (): Promise<boolean[]> => [incoming, placeOf(orphan), placeOf(orphan, 'aside')].map((path) => existsSync(path));
    const afterRestart = async (hours: number, expected: readonly boolean[]): Promise<void> => {
      world.clock.aheadMs = hours * HOUR;
      await world.restart();
      await until(exist, (found) => String(found) === String(expected));
    };
    await afterRestart(25, [false, false, true]);
    await afterRestart(25, [false, false, false]);
    expect((await download(world.caseClient(), { actor: DRAFTER, attachmentId })).equals(kept)).toBe(true);
  });
});

describe('bytes that were altered in the store', () => {
  const sweep = async ({ orderId }: Order): Promise<Order> => must((await world.client().sweepOrder({ actor: SIGNER, orderId })).order);
  const closedWith = async (content: Buffer): Promise<{ order: Order; attachmentId: string }> => {
    const order = await world.sign(anInstitution());
    const { attachmentId } = await upload(world.caseClient(), head({ caseId: order.caseId }), content);
    const closed = await until(
      () => world.carryOut(order),
      ({ state }) => state === 'COMPLETED',
    );
    return { order: closed, attachmentId };
  };

  it('are returned to nobody, and open the order of their case', async () => {
    const content = pdfOf('原件', 300_000);
    const { order, attachmentId } = await closedWith(content);
    expect((await sweep(order)).state).toBe('COMPLETED');
    const other = Buffer.from(content);
    other[300_000] = 8;
    writeFileSync(placeOf(hexOf(content)), other);
    const reading = download(world.caseClient(), { actor: DRAFTER, attachmentId });
    await expect(reading).rejects.toMatchObject({ kind: 'unavailable', reason: 'attachment.altered' });
    const opened = await sweep(order);
    expect(opened.state).toBe('EXECUTING');
    expect(opened.rows.map(({ disputeDetail }) => disputeDetail).join()).toContain(`attachment ${attachmentId} 的内容与其 SHA-256 不符`);
  });

  it('are not assumed while the store is unavailable; no upload is accepted, and nothing is lost', async () => {
    const content = pdfOf('存储断开');
    const { order, attachmentId } = await closedWith(content);
    const folder = join(world.objects, 'enforcement');
    renameSync(folder, `${folder}-away`);
    writeFileSync(folder, 'no folder');
    const requestId = randomUUID();
    const away = expect.objectContaining({ kind: 'unavailable', reason: 'store.unavailable' });
    const sent = () => upload(world.caseClient(), head({ requestId }), pdfOf('重试'));
    await expect(sent()).rejects.toEqual(away);
    await expect(download(world.caseClient(), { actor: DRAFTER, attachmentId })).rejects.toEqual(away);
    await expect(sweep(order)).rejects.toMatchObject({ reason: 'sweep.unanswered', message: expect.stringContaining('附件存储') });
    rmSync(folder);
    renameSync(`${folder}-away`, folder);
    expect((await sweep(order)).state).toBe('COMPLETED');
    const stored = await sent();
    expect(await sent()).toEqual(stored);
  });
});

describe('attachments of the previous version', () => {
  it('are read from its table, then moved to the store, and stay the same for the certificate of their order', async () => {
    const order = await world.sign(anInstitution());
    const content = pdfOf('旧附件');
    const attachmentId = randomUUID();
    const party = partyOf(order.scope?.institution ?? '');
    await query(
      world.url,
      `INSERT INTO attachment (id, case_id, name, media_type, content, bytes, sha256, added_by, institution, added_at)
       VALUES ($1, $2, '旧附件.pdf', 'application/pdf', $3::bytea, octet_length($3::bytea), sha256($3::bytea), $4, $5, now())`,
      [attachmentId, order.caseId, content, party.officerId, party.institution],
    );
    const seen = async () => ({
      bytes: await download(world.caseClient(), { actor: DRAFTER, attachmentId }),
      listed: (await world.cases.get(order.caseId)).attachments.filter((one) => one.attachmentId === attachmentId),
      moved: existsSync(placeOf(hexOf(content))),
    });
    const before = await seen();
    expect(before).toMatchObject({ bytes: content, listed: [{ attachmentId, mediaType: 'application/pdf', kind: 'OTHER' }], moved: false });
    await expect(download(world.caseClient(), { actor: partyOf(anInstitution()), attachmentId })).rejects.toEqual(
      reason('case.out_of_territory'),
    );
    const closed = await until(
      () => world.carryOut(order),
      ({ state }) => state === 'COMPLETED',
    );
    await world.restart();
    await until(
      () => query(world.url, 'SELECT FROM procedure.attachment WHERE id = $1', [attachmentId]),
      (rows) => rows.length === 1,
    );
    expect(await seen()).toEqual({ ...before, moved: true });
    const { order: swept } = await world.client().sweepOrder({ actor: SIGNER, orderId: closed.orderId });
    expect(swept?.state).toBe('COMPLETED');
  });
});
