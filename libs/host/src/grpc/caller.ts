// The caller's identity: `<name>.<unixSeconds>.<hmac>` under the province's shared secret. It identifies and does not encrypt. The network
// between services is closed (NetworkPolicy), and this prevents one service from using another's name by mistake.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from '@hengji/domain-kit';

export const CALLER_METADATA = 'x-hengji-caller';
const VALID_SECONDS = 300;

const mac = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('hex');

/** The metadata value that identifies `caller` at the time `now`. */
export const signCaller = (caller: string, secret: string, now = new Date()): string => {
  const claim = `${caller}.${Math.floor(now.getTime() / 1000)}`;
  return `${claim}.${mac(secret, claim)}`;
};

const unauthenticated = (why: string): Refusal =>
  new Refusal('unauthenticated', 'caller.unauthenticated', `调用方身份无效:${why}`, { field: CALLER_METADATA });

/**
 * The caller's signature is valid, and one of the two servers has a wrong clock. No new sign-in is needed for that. The message has both
 * times, so that the reader sees which clock is wrong.
 */
const skewed = (name: string, theirs: Date, ours: Date): Refusal => {
  const minutes = Math.round(Math.abs(theirs.getTime() - ours.getTime()) / 60_000);
  const message =
    `服务器时钟有误，业务暂不能办理：服务“${name}”所在服务器的时间为 ${theirs.toISOString()}，` +
    `被调用的服务器的时间为 ${ours.toISOString()}，相差约 ${minutes} 分钟（允许5分钟）。请运维人员校准其中有误的时钟`;
  return new Refusal('unavailable', 'clock.skewed', message, { field: CALLER_METADATA });
};

/**
 * The caller's name. Refuses `caller.unauthenticated` when absent or forged, and `clock.skewed` (unavailable) when the valid signature is
 * more than five minutes old or ahead.
 */
export const verifyCaller = (value: string | undefined, secret: string, now = new Date()): string => {
  if (!value) throw unauthenticated('缺失');
  const [, name, seconds, given] = /^([a-z0-9-]+)\.(\d{1,12})\.([0-9a-f]{64})$/.exec(value) ?? [];
  if (name === undefined || seconds === undefined || given === undefined) throw unauthenticated('格式错误');
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(mac(secret, `${name}.${seconds}`)))) throw unauthenticated('签名不符');
  if (Math.abs(now.getTime() / 1000 - Number(seconds)) > VALID_SECONDS) throw skewed(name, new Date(Number(seconds) * 1000), now);
  return name;
};
