// Runs one program to its end, either quietly (its output is kept and used if the program fails) or in the foreground.
import { spawn } from 'node:child_process';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Quietly; throws an Error with `.output` if the exit code is not 0.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<string>} what it printed
 */
export const runQuietly = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(Object.assign(new Error(`${command} ended with ${signal ?? code}`), { output }));
    });
  });

const LOOK_MS = 500;
const parent = process.ppid;

/**
 * npm sends SIGTERM to the shell between npm and this process. The shell does not forward the signal: the shell ends, and
 * the parent of this process changes. The watch runs only under npm, because a user's own shell may end while this process
 * goes on.
 * @param {() => void} then
 * @returns {() => void} ends the watch
 */
const whenLeftByNpm = (then) => {
  if (process.env.npm_lifecycle_event === undefined) return () => {};
  const looks = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(looks);
    then();
  }, LOOK_MS);
  return () => clearInterval(looks);
};

/**
 * In the foreground. Ctrl-C reaches the program directly, because the program shares our terminal. A signal that is sent
 * only to us, or only to npm, is forwarded. In both cases this process ends after the program, so that the shell's prompt
 * returns when everything has ended.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit code
 */
export const runInForeground = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: 'inherit' });
    const pass = (signal) => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of SIGNALS) process.on(signal, pass);
    const unwatch = whenLeftByNpm(() => child.kill('SIGTERM'));
    child.once('error', (error) => {
      unwatch();
      reject(error);
    });
    child.once('close', (code, signal) => {
      unwatch();
      for (const name of SIGNALS) process.removeListener(name, pass);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
