// Runs one program to its end, either quietly with its output kept for the case that it fails, or in the foreground.
import { spawn } from 'node:child_process';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Quietly; throws an Error with `.output` when it does not end with 0.
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
 * npm hands SIGTERM to the shell between it and us, and a shell hands nothing on: it ends, and we have another parent. Only under npm: who
 * starts us from a shell of their own may leave that shell.
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
 * In the foreground. Ctrl-C reaches the program by itself, as it shares our terminal; a signal sent to us, or to npm, alone is passed on.
 * Either way we outlive it, so that the shell's prompt comes back when all is really over.
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
