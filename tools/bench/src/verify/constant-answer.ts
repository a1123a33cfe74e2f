// The floor of verify: node:http answering every request with the same bytes, in a process of its own as verify is.
// The bench starts itself with this word as command; the answer comes in by the environment.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const CONSTANT_ANSWER = 'constant-answer';

export interface Answer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The child's side: answers on a free port of the loopback and prints it. */
export const serveConstant = async (): Promise<void> => {
  const { headers, body } = JSON.parse(process.env['BENCH_ANSWER'] ?? '') as Answer;
  // With its length said, as verify's are: without, node:http would send it in chunks.
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
  // It ends when the channel to us does.
  return { port, stop: () => child.disconnect() };
};
