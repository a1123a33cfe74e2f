// An error of the set-up states three things and has no stack trace: what is missing, why it is needed, and how to fix it.
// Any other thrown error is a bug of ours and keeps its stack trace.

export class SetupProblem extends Error {
  /** @param {{ what: string, why: string, mend: string }} parts @param {unknown} [cause] */
  constructor({ what, why, mend }, cause) {
    super(`${what}\n  needed for: ${why}\n  to mend it: ${mend}`, { cause });
    this.name = 'SetupProblem';
  }
}

const DISK_FULL = 'ENOSPC';

/**
 * Prints why a command stopped, for people.
 * @param {unknown} error
 */
export const printProblem = (error) => {
  const causes = [];
  for (let at = error; at instanceof Error; at = at.cause) causes.push(at);
  if (causes.some((cause) => cause.code === DISK_FULL)) {
    console.error(
      `\nThe disk is full.\n  needed for: ${causes[0].message}\n  to mend it: free about 2 GB (df -h), then run the command again`,
    );
    return;
  }
  const problem = causes.find((cause) => cause.name === 'SetupProblem');
  console.error(problem ? `\n${problem.message}` : error);
};
