// Sign-out across processes: no gateway accepts a session that another gateway ended, before and after restarts. A gateway that cannot
// check a session accepts none.
import { SESSIONS_TOPIC } from '@hengji/contracts';
import { kafkaProbe, topicPrefix, until } from '@hengji/testing';
import { signedIn, startGateway, type Gateway } from './gateway';

const AWAY = { KAFKA_BROKERS: '127.0.0.1:9' };

describe('sign-out', () => {
  const prefix = topicPrefix();
  const env = { KAFKA_TOPIC_PREFIX: prefix };
  let one: Gateway;
  let other: Gateway;
  beforeAll(async () => {
    [one, other] = await Promise.all([startGateway(env), startGateway(env)]);
  });

  const asks = async (gateway: Gateway, session: string) => {
    const response = await fetch(`${gateway.origin}/api/me`, { headers: { cookie: `hengji_session=${session}` } });
    return { status: response.status, code: ((await response.json()) as { code?: string }).code, headers: response.headers };
  };

  it('at one gateway ends the session at the other within two seconds, and after a restart', async () => {
    const [officer, colleague] = await Promise.all([signedIn(one, 'auditor'), signedIn(one, 'auditor')]);
    const session = officer.cookieOf('hengji_session');
    const others = colleague.cookieOf('hengji_session');
    expect((await asks(other, session)).status).toBe(200);
    expect((await officer.post('/api/sign-out')).status).toBe(204);
    await until(
      () => asks(other, session),
      ({ status }) => status === 401,
      { withinMs: 2_000 },
    );
    expect((await asks(one, session)).status).toBe(401);
    const restarted = await startGateway(env);
    expect((await asks(restarted, session)).status).toBe(401);
    expect((await asks(restarted, others)).status).toBe(200);
    expect((await asks(other, others)).status).toBe(200);
  });

  it('writes nothing to the topic that names the owner of the session or lets another person end it', async () => {
    const probe = kafkaProbe(prefix);
    const officer = await signedIn(one, 'operator');
    await probe.produce(
      SESSIONS_TOPIC.name,
      { key: 'a', value: Buffer.from('{"sessionId":"x"}') },
      { key: 'b', value: Buffer.from('eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAA.BBBB.CCCC') },
      { key: 'c', value: Buffer.from(officer.cookieOf('hengji_session')) },
    );
    const colleague = await signedIn(one, 'operator-b');
    await colleague.post('/api/sign-out');
    const records = await probe.records(SESSIONS_TOPIC.name);
    expect(records.map(({ value }) => value.toString()).join('\n')).not.toContain('operator');
    await until(
      () => asks(other, colleague.cookieOf('hengji_session')),
      ({ status }) => status === 401,
    );
    expect((await asks(other, officer.cookieOf('hengji_session'))).status).toBe(200);
  });

  it('is kept while the broker is away: a gateway that cannot check sessions accepts none, and ends none either', async () => {
    const officer = await signedIn(one, 'auditor');
    const blind = await startGateway({ ...env, ...AWAY });
    const answer = await asks(blind, officer.cookieOf('hengji_session'));
    expect(answer).toMatchObject({ status: 503, code: 'sign_in.uncertain' });
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect((await fetch(`${blind.origin}/api/public/notices`)).status).toBe(200);
    const signedOut = await fetch(`${blind.origin}/api/sign-out`, {
      method: 'POST',
      headers: {
        ...{ cookie: `hengji_session=${officer.cookieOf('hengji_session')}`, 'x-hengji-csrf': '1' },
        ...{ 'idempotency-key': crypto.randomUUID(), 'content-type': 'application/json' },
      },
      body: '{}',
    });
    expect(signedOut.status).toBe(503);
    expect((await asks(one, officer.cookieOf('hengji_session'))).status).toBe(200);
  });

  it('that cannot be published is refused, holds in its own gateway, and reaches the others later', async () => {
    const probe = kafkaProbe(prefix);
    const officer = await signedIn(one, 'auditor');
    const session = officer.cookieOf('hengji_session');
    await probe.removeTopic(SESSIONS_TOPIC.name);
    const answer = await officer.post('/api/sign-out');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'sign_out.not_everywhere' });
    expect(officer.cookieNames).not.toContain('hengji_session');
    expect((await asks(one, session)).status).toBe(401);
    await probe.createTopics([SESSIONS_TOPIC.name]);
    await until(
      () => asks(other, session),
      ({ status }) => status === 401,
      { withinMs: 15_000 },
    );
  });
});

it('without a configured broker holds in its own gateway, as before', async () => {
  const alone = await startGateway({ KAFKA_BROKERS: '' });
  const officer = await signedIn(alone, 'auditor');
  const session = officer.cookieOf('hengji_session');
  expect((await officer.post('/api/sign-out')).status).toBe(204);
  expect((await fetch(`${alone.origin}/api/me`, { headers: { cookie: `hengji_session=${session}` } })).status).toBe(401);
});
