/** Asks once for each key; a further question with the same key gets the first answer. */
export const eachOnce = <Q, A>(keyOf: (question: Q) => string, ask: (question: Q) => A): ((question: Q) => A) => {
  const answers = new Map<string, A>();
  return (question) => {
    const key = keyOf(question);
    const answer = answers.has(key) ? (answers.get(key) as A) : ask(question);
    answers.set(key, answer);
    return answer;
  };
};
