// verify serves the public by HTTP. The gateway returns the response of verify unchanged, so that both endpoints give the same answer.
import { Refusal } from '@hengji/domain-kit';
import { CALLER_METADATA, signCaller } from '@hengji/host';

const WITHIN_MS = 3_000;

export interface VerifyAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/**
 * Asks verify for a certificate. With a name, verify also answers whether the certificate belongs to this person. Refuses
 * `service.unavailable` when verify does not answer.
 */
export const askVerify =
  (verifyUrl: string, callerSecret: string) =>
  async (number: string, name?: string): Promise<VerifyAnswer> => {
    const url = new URL(`/v1/certificates/${encodeURIComponent(number)}`, verifyUrl);
    if (name !== undefined) url.searchParams.set('name', name);
    try {
      const headers = { [CALLER_METADATA]: signCaller('gateway', callerSecret) };
      const response = await fetch(url, { headers, signal: AbortSignal.timeout(WITHIN_MS), redirect: 'error' });
      const contentType = response.headers.get('content-type') ?? 'application/json; charset=utf-8';
      // A 5xx problem document of verify itself is returned to the caller; any other 5xx response counts as no answer.
      if (response.status >= 500 && !contentType.includes('problem+json')) throw new Error(`verify answered ${response.status}`);
      return { status: response.status, contentType, body: await response.text() };
    } catch {
      throw new Refusal('unavailable', 'service.unavailable', '查验服务暂不可用,请稍后重试');
    }
  };

export type AskVerify = ReturnType<typeof askVerify>;
