// The floor of verify: a node:http server answers every request with the same bytes. Like verify, the server is a separate
// process. The bench starts itself with this word as command and passes the answer in the environment.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const CONSTANT_ANSWER = 'constant-answer';

export interface Answer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The child process: answers on a free loopback port and prints the port. */
export const serveConstant = async (): Promise<void> => {
  const { headers, body } = JSON.parse(process.env['BENCH_ANSWER'] ?? '') as Answer;
  // The answer has a Content-Length, as those of verify have. Without it, node:http would use chunked encoding.
  const full = { ...headers, 'content-length': String(Buffer.byteLength(body)) };
  const server = createServer((_request, response) => response.writeHead(200, full).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  console.log((server.address() as AddressInfo).port);
  await new Promise((resolve) => process.once('disconnect', resolve));
};

export interface ConstantServer {
  readonly port: number;
  stop(): void;
}

export const startConstant = async (answer: Answer): Promise<ConstantServer> => {
  const child = spawn(process.execPath, [process.argv[1] ?? '', CONSTANT_ANSWER], {
    env: { ...process.env, BENCH_ANSWER: JSON.stringify(answer) },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout?.once('data', (text: Buffer) => resolve(Number(text.toString())));
    child.once('exit', (code) => reject(new Error(`the constant server ended with ${String(code)}`)));
  });
  // The child process ends when the IPC channel to the bench closes.
  return { port, stop: () => child.disconnect() };
};
