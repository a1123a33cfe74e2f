// Parked messages on the operators' screen. Forged messages are shown, and two persons together can discard them, one by
// one or as a group. A genuine parked message is replayed and released.
import { TOPICS } from '@hengji/contracts';
import { kafkaProbe, query, until } from '@hengji/testing';
import type { Person } from './console-browser';
import type { Running } from './running-platform';

const TOPIC = TOPICS.certificate;
const FORGED = 4;
const ID_NUMBER = '210102199003078888';
const REASON = '有人冒充证书服务写入,已通报。';

/** Forged records in the topic of the certificates, and a genuine record that exchange has parked, with its key held. */
const park = async (running: Running): Promise<void> => {
  const probe = kafkaProbe(running.topicPrefix);
  // A small message: of a message with a thousand certificates the operator sees only the first bytes.
  const [record] = (await probe.records(TOPIC.name)).toSorted((a, b) => a.value.length - b.value.length);
  if (!record) throw new Error('no certificate was issued');
  const { meta, body } = TOPIC.codec.decode(record.value);
  const value = TOPIC.codec.encode({ meta: meta && { ...meta, orderId: `当事人证件号${ID_NUMBER}` }, body }).finish();
  const forged = Array.from({ length: FORGED }, () => ({ key: record.key, value, headers: { ce_source: 'hengji/certificate' } }));
  await probe.produce(TOPIC.name, ...forged);
  const url = running.platform.databaseUrl('exchange');
  const headers = Buffer.from(
    JSON.stringify(Object.entries(record.headers).map(([name, text]) => [name, Buffer.from(text).toString('base64')])),
  );
  await query(url, 'INSERT INTO messaging.parked_key (topic, key) VALUES ($1, $2)', [TOPIC.name, record.key]);
  await query(
    url,
    `INSERT INTO messaging.parked (topic, key, partition, "offset", event_id, type, source, state, reason, tries, value, headers)
     VALUES ($1, $2, 99, 1, $3, $4, 'hengji/certificate', 'poison', 'TypeError: x is undefined', 5, $5, $6)`,
    [TOPIC.name, record.key, meta?.eventId ?? '', body?.$case ?? '', Buffer.from(record.value), headers],
  );
};

const parkedAt = async (running: Running): Promise<number> => {
  const [row] = await query<{ n: number }>(running.platform.databaseUrl('exchange'), 'SELECT count(*)::integer AS n FROM messaging.parked');
  return row?.n ?? 0;
};
const left = (running: Running, messages: number): Promise<number> =>
  until(
    () => parkedAt(running),
    (n) => n === messages,
    { withinMs: 60_000 },
  );

/** At the end nothing is parked. */
export const parkedJourney = async (running: Running, person: Person): Promise<void> => {
  const { page } = person;
  const look = async (): Promise<void> => {
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    expect(await person.seriousFaults()).toEqual([]);
  };
  const card = page.locator('.ant-card-small').filter({ has: page.getByText(/^交换：滞留/) });
  const messages = card.getByRole('table').filter({ has: page.getByRole('columnheader', { name: '次数' }) });
  const row = (text: string) => messages.getByRole('row').filter({ hasText: text });
  const enter = async (account: string): Promise<void> => {
    await person.signIn(account);
    await page.goto(`${running.gateway}/parked`);
    await page.getByRole('heading', { level: 1, name: '滞留消息' }).waitFor();
    await page.getByText('交换：滞留').first().waitFor();
  };
  const confirmWith = async (button: string, said: string): Promise<void> => {
    await card.getByRole('button', { name: button }).first().click();
    await page.getByRole('tooltip').getByText(REASON).waitFor();
    await look();
    await page.getByRole('tooltip').getByRole('button', { name: '确认作废' }).click();
    await page.getByText(said).first().waitFor();
  };

  await park(running);
  await left(running, FORGED + 1);
  await enter('operator');
  await row('没有签封').first().waitFor();
  await look();
  await person.screenshot('parked');

  await row('没有签封').first().getByRole('button', { name: '查看' }).click();
  const dialogue = page.getByRole('dialog');
  await dialogue.getByText('当事人证件号***').waitFor();
  expect(await dialogue.innerText()).not.toContain(ID_NUMBER);
  await look();
  await dialogue.getByRole('button', { name: '关闭' }).click();

  const write = async (button: string): Promise<void> => {
    await page.getByLabel('作废理由').fill(REASON);
    await page.getByRole('button', { name: `确认${button}` }).click();
    await page.getByLabel('作废理由').waitFor({ state: 'hidden' });
  };
  await row('没有签封').first().getByRole('button', { name: '提议作废' }).click();
  await write('提议作废');
  await card.getByText('已提议作废,待另一人确认').waitFor();
  await person.signOut();

  await enter('operator-b');
  await confirmWith('确认作废', '已作废。');
  await left(running, FORGED);
  await card.getByRole('button', { name: '提议整组作废' }).first().click();
  await write('提议整组作废');
  await card.getByText('待另一人确认').waitFor();
  await person.signOut();

  await enter('operator');
  await confirmWith('确认整组作废', `已作废 ${FORGED - 1} 条`);
  await left(running, 1);
  await row('出错').getByRole('button', { name: '重放该键' }).click();
  await page.getByText('已处理 1 条').waitFor();
  await left(running, 0);
  await page.getByText('交换：滞留 0 条').waitFor();
  const held = await query(running.platform.databaseUrl('exchange'), 'SELECT key FROM messaging.parked_key');
  expect(held).toEqual([]);
  await person.signOut();
};
