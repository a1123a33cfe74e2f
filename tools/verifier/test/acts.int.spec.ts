// Acts as a service writes, chains and exports them, while another writer changes the service's database directly: the
// verifier names each change.
import { createLog } from '@hengji/host';
import { chainActs, exportActs, keepOwnAct } from '@hengji/procedure';
import { alter, closeAfterSuite, openDb, scratchDatabase, testKeys, testSigner } from '@hengji/testing';
import { checkActs } from '../src/acts/check-acts';

/** Six acts, each chained by a separate pass; a checkpoint after every third. */
const six = async () => {
  const { url } = await scratchDatabase();
  const { db, close } = openDb(url);
  closeAfterSuite(close);
  const act = async (id: string): Promise<void> => {
    await db.$transaction((tx) => keepOwnAct(tx, 'exam', { what: 'NoteCertificates', on: { kind: 'result', id, institution: '' } }));
    const config = { ACTS_PER_CHECKPOINT: 3, ACTS_CHECKPOINT_SECONDS: 60 };
    await chainActs({ service: 'exam', db, signer: testSigner('exam'), log: createLog('test', 'silent'), now: () => new Date(), config });
  };
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) await act(id);
  const verdict = async (): Promise<string[]> => {
    const lines: string[] = [];
    for await (const line of exportActs(db, 'exam')) lines.push(line);
    return checkActs(lines, testKeys().list())
      .all.filter(({ ok }) => !ok)
      .map(({ text }) => text);
  };
  return { url, act, verdict };
};

it('finds nothing when no other writer changed the database', async () => {
  const at = await six();
  await at.act('g');
  expect(await at.verdict()).toEqual([]);
});

it.each([
  ['alters an act', [`UPDATE procedure.act SET by_name = 'x' WHERE position = 4`], '第4条办理记录被改动'],
  ['takes one away from the middle', [`DELETE FROM procedure.act WHERE position = 2`], '第2条办理记录缺失'],
  [
    'exchanges two',
    [
      `UPDATE procedure.act SET position = -position WHERE position IN (2, 3)`,
      `UPDATE procedure.act SET position = 5 + position WHERE position < 0`,
    ],
    '第2条办理记录被改动',
  ],
  ['takes away a checkpoint', [`DELETE FROM procedure.act_checkpoint WHERE number = 1`], '第1个检查点缺失'],
  ['alters a checkpoint', [`UPDATE procedure.act_checkpoint SET at = at - interval '1 day' WHERE number = 2`], '签名与内容不符'],
])('names the damage when another writer %s', async (_what, statements, named) => {
  const at = await six();
  for (const sql of statements) await alter(at.url, sql);
  expect(await at.verdict()).toEqual([expect.stringContaining(named)]);
});

it('names acts removed from the end, once a checkpoint has covered them: later acts do not fill the gap', async () => {
  const at = await six();
  await alter(at.url, `DELETE FROM procedure.act WHERE position > 4`);
  expect(await at.verdict()).toEqual([expect.stringContaining('第5条至第6条办理记录缺失')]);
  await at.act('g');
  expect(await at.verdict()).toEqual([expect.stringContaining('第5条办理记录缺失')]);
});
