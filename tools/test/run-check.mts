// Runs one check, without output unless it fails.
import { runQuietly } from '../launch/child.mjs';
import { root, type Check } from './checks.mts';
import type { Tally } from './reports.mts';

/** Prints the result and the duration. */
export const runCheck = async ({ name, command, args, mend }: Check): Promise<Tally> => {
  const began = Date.now();
  const line = (mark: string) => console.log(`${mark} ${name}  ${((Date.now() - began) / 1000).toFixed(1)} s`);
  try {
    await runQuietly(command, [...args], { cwd: root, env: process.env });
    line('✔');
    return { passed: 1, failed: 0, failures: [] };
  } catch (failure) {
    const { output, message } = failure as Error & { output?: string };
    line('✘');
    console.log(`${(output ?? message).trim()}\n  look again with: ${mend}\n`);
    return { passed: 0, failed: 1, failures: [name] };
  }
};
