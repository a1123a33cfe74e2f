// An officer who asks again: what is asked again, and under which id.
import { patient, type Officer } from './officer';

const AWAY = new Error('POST /cases → 503 {"code":"service.timeout"}');

/** An officer whose requests fail in turn with these errors, and then succeed. */
const officer = (failures: Error[]) => {
  const ids: (string | undefined)[] = [];
  const answer = async (id?: string): Promise<never> => {
    ids.push(id);
    const failure = failures.shift();
    if (failure) throw failure;
    return 'done' as never;
  };
  const fake: Officer = {
    account: 'province-a',
    colleague: () => answer(),
    get: () => answer(),
    text: () => answer(),
    post: (_path, _body, id) => answer(id),
    upload: (_path, _name, _content, id) => answer(id),
  };
  let retries = 0;
  return { patient: patient(fake, () => (retries += 1)), ids, retries: () => retries };
};

it('sends a write again under its first id', async () => {
  const one = officer([AWAY, new TypeError('fetch failed')]);
  expect(await one.patient.post('/cases', {})).toBe('done');
  expect(one.ids).toHaveLength(3);
  expect(one.ids[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Set(one.ids).size).toBe(1);
  expect(one.retries()).toBe(2);
});

it.each([
  ['a refusal', new Error('POST /cases → 409 {"code":"case.closed"}')],
  ['a defect', new Error('POST /cases → 500 {}')],
])('does not repeat %s', async (_, failure) => {
  const one = officer([failure]);
  await expect(one.patient.post('/cases', {})).rejects.toBe(failure);
  expect(one.ids).toHaveLength(1);
});

it('sends a stream once', async () => {
  const one = officer([AWAY]);
  await expect(one.patient.upload('/cases/1/files', 'a.pdf', new ReadableStream())).rejects.toBe(AWAY);
  expect(one.ids).toHaveLength(1);
});
