import { eachOnce } from './each-once';

it('asks once for each key, also where the answer is undefined, and gives each question its answer', () => {
  const asked: string[] = [];
  const ask = eachOnce(
    (text: string) => text.toLowerCase(),
    (text) => {
      asked.push(text);
      return text === 'b' ? undefined : `answer to ${text}`;
    },
  );
  expect(['a', 'b', 'A', 'B', 'a'].map(ask)).toEqual(['answer to a', undefined, 'answer to a', undefined, 'answer to a']);
  expect(asked).toEqual(['a', 'b']);
});
