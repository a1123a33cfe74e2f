// A set-up that cannot go on tells three things and no stack trace: what is missing, why it is needed, what mends it.
// Anything else that is thrown is a bug of ours and keeps its trace.

export class SetupProblem extends Error {
  /** @param {{ what: string, why: string, mend: string }} parts @param {unknown} [cause] */
  constructor({ what, why, mend }, cause) {
    super(`${what}\n  needed for: ${why}\n  to mend it: ${mend}`, { cause });
    this.name = 'SetupProblem';
  }
}

const DISK_FULL = 'ENOSPC';

/** Prints what stopped a command, for people. @param {unknown} error */
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
