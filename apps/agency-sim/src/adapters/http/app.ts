// The four agencies and the admin endpoints as one express application.
import express, { type Express, type ErrorRequestHandler } from 'express';
import { Refusal } from '@hengji/domain-kit';
import type { Log } from '@hengji/host';
import { answered } from '../../domain/answered';
import { AGENCIES, faultBoard, type AgencyName } from '../../domain/faults';
import { numberRegister } from '../../domain/number-register';
import { transferDesk } from '../../domain/transfers';
import { admin } from './admin';
import { ministry, noticeBoard, type ReceivedNotice } from './agencies';
import { transfers } from './transfers';
import { signatureCheck, type SignatureOptions } from './check-signature';

const counter = () => {
  const seen = new Map<AgencyName, { requests: number; ids: Set<string> }>(
    AGENCIES.map((agency) => [agency, { requests: 0, ids: new Set() }]),
  );
  return {
    seen: (agency: AgencyName, requestId: string): void => {
      const entry = seen.get(agency);
      if (!entry) return;
      entry.requests += 1;
      entry.ids.add(requestId);
    },
    requests: () =>
      Object.fromEntries([...seen].map(([agency, { requests, ids }]) => [agency, { requests, ids: ids.size }])) as Record<
        AgencyName,
        { requests: number; ids: number }
      >,
  };
};

/** All state is in memory while the application runs. */
export const agencyApp = (signature: SignatureOptions, log: Log): Express => {
  const app = express();
  const [faults, register, received, count]: [
    ReturnType<typeof faultBoard>,
    ReturnType<typeof numberRegister>,
    ReceivedNotice[],
    ReturnType<typeof counter>,
  ] = [faultBoard(), numberRegister(), [], counter()];
  const desk = transferDesk();
  const options = { faults, answers: answered(), checkSignature: signatureCheck(signature), seen: count.seen };
  const failed: ErrorRequestHandler = (err: unknown, _request, response, _next) => {
    if (err instanceof Refusal) return void response.status(400).json({ title: err.message });
    log.error({ err }, 'request failed');
    return void response.status(500).json({ title: '内部错误' });
  };
  app.disable('x-powered-by');
  app.use('/admin', admin({ faults, register, desk, requests: count.requests }));
  // The signature covers the bytes, so the body is read as text.
  app.use(express.text({ type: () => true, limit: '64mb' }));
  app.use('/ministry', ministry(options, register));
  const forPackages = { ...options, secret: signature.secret };
  app.use('/police', noticeBoard(options, 'police', received), transfers(forPackages, 'police', desk));
  app.use('/discipline', transfers(forPackages, 'discipline', desk));
  app.use('/regulator', noticeBoard(options, 'regulator', received));
  app.use(failed);
  return app;
};
