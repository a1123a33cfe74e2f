// Spans across an HTTP-like server and gRPC: one trace, each span with the right parent. (The OTLP exporter itself loads its transport by a
// dynamic import that jest's CommonJS cannot run, so the spans are taken from memory.)
import { ApprovalServiceDefinition } from '@hengji/contracts/approval/v1/approval_service';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { createLog, grpcClient, grpcServer, grpcService, startAll, tracing } from './index';

const SECRET = 'a secret of a test';
const log = createLog('test', 'fatal');

it('makes one trace across the services', async () => {
  const exporter = new InMemorySpanExporter();
  tracing.start('test', undefined, [new SimpleSpanProcessor({ exporter })]);
  const nothing = () => Promise.reject(new Error('not part of this test'));
  const grpc = grpcServer({
    ...{ host: '127.0.0.1', port: 0, callerSecret: SECRET, log },
    services: [
      grpcService(
        ApprovalServiceDefinition,
        {
          ...{ checkPermission: nothing, getInstitution: nothing, listInstitutions: nothing, listNotices: nothing },
          importInstitutions: async function* () {},
          countInstitutions: async () => ({ total: 1n }),
        },
        {
          ...{ checkPermission: [], getInstitution: [], listInstitutions: [], listNotices: [] },
          ...{ importInstitutions: [], countInstitutions: ['gateway'] },
        },
      ),
    ],
  });
  const stop = await startAll([grpc]);
  const client = grpcClient(ApprovalServiceDefinition, grpc.address(), { caller: 'gateway', secret: SECRET, deadlineMs: 2_000 });
  const from = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  await tracing.withSpan('http GET', from, () => client.countInstitutions({}));
  client.close();
  await stop();

  const spans = exporter.getFinishedSpans();
  const http = spans.find(({ name }) => name === 'http GET');
  const call = spans.find(({ name }) => name.startsWith('grpc '));
  expect(http?.spanContext().traceId).toBe('0af7651916cd43dd8448eb211c80319c');
  expect(http?.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
  expect(call?.name).toBe('grpc /hengji.approval.v1.ApprovalService/CountInstitutions');
  expect(call?.spanContext().traceId).toBe(http?.spanContext().traceId);
  expect(call?.parentSpanContext?.spanId).toBe(http?.spanContext().spanId);
});
