// A peer's method, re-created: one gRPC call per certificate. The server is a separate process that uses the gRPC code of
// libs/host. For each certificate, its handler does in one transaction what our chunk does for five thousand: lock, claim,
// void, event. The bench starts itself with this word as command.
import { spawn } from 'node:child_process';
import {
  GetCertificateRequest as VoidRequest,
  GetCertificateResponse as VoidResponse,
} from '@hengji/contracts/certificate/v1/certificate_service';
import { createLog, databaseSession, grpcClient, grpcServer, grpcService } from '@hengji/host';
import { Pool } from 'pg';
import { voidCertificates } from './void-certificates';

export const ONE_CALL_EACH = 'one-call-each';
const WORKERS = 10;
const SECRET = 'only-between-the-bench-and-itself';

const DEFINITION = {
  name: 'OneCallEach',
  fullName: 'peer.OneCallEach',
  methods: {
    void: { name: 'Void', requestType: VoidRequest, requestStream: false, responseType: VoidResponse, responseStream: false, options: {} },
  },
} as const;

/** The child process: voids one certificate per call. It listens on a free loopback port and prints the port. */
export const serveOneCallEach = async (): Promise<void> => {
  const pool = new Pool({ ...databaseSession(process.env['BENCH_DATABASE'] ?? ''), max: WORKERS });
  const server = grpcServer({
    host: '127.0.0.1',
    port: 0,
    callerSecret: SECRET,
    log: createLog('one-call-each', 'silent'),
    services: [
      grpcService(
        DEFINITION,
        {
          void: async ({ number }) => {
            const session = await pool.connect();
            try {
              await voidCertificates(session, [number]);
            } finally {
              session.release();
            }
            return { certificate: undefined };
          },
        },
        { void: ['bench'] },
      ),
    ],
  });
  await server.start();
  server.announce?.('started');
  console.log(server.address());
  await new Promise((resolve) => process.once('disconnect', resolve));
};

/** Voids each of these certificates by a separate call, ten calls at a time. Returns the duration. */
export const oneCallEach = async (
  databaseUrl: string,
  numbers: readonly string[],
): Promise<{ workers: number; calls: number; ms: number }> => {
  const child = spawn(process.execPath, [process.argv[1] ?? '', ONE_CALL_EACH], {
    env: { ...process.env, BENCH_DATABASE: databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (text: Buffer) => resolve(text.toString().trim()));
    child.once('exit', (code) => reject(new Error(`the peer's server ended with ${String(code)}`)));
  });
  const client = grpcClient(DEFINITION, address, { caller: 'bench', secret: SECRET, deadlineMs: 30_000 });
  const queue = numbers.values();
  const worker = async (): Promise<void> => {
    for (const number of queue) await client.void({ number });
  };
  try {
    const started = performance.now();
    await Promise.all(Array.from({ length: WORKERS }, worker));
    return { workers: WORKERS, calls: numbers.length, ms: Math.round(performance.now() - started) };
  } finally {
    client.close();
    // The child process ends when the IPC channel to the bench closes.
    child.disconnect();
  }
};
