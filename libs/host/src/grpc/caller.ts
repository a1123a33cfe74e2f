// Who calls: `<name>.<unixSeconds>.<hmac>` under the province's shared secret. It is an identity, not an encryption;
// the network between services is closed (NetworkPolicy), and this keeps one service from posing as another by mistake.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from '@hengji/domain-kit';

export const CALLER_METADATA = 'x-hengji-caller';
const VALID_SECONDS = 300;

const mac = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('hex');

/** The metadata value with which `caller` introduces itself at `now`. */
export const signCaller = (caller: string, secret: string, now = new Date()): string => {
  const claim = `${caller}.${Math.floor(now.getTime() / 1000)}`;
  return `${claim}.${mac(secret, claim)}`;
};

const unauthenticated = (why: string): Refusal =>
  new Refusal('unauthenticated', 'caller.unauthenticated', `调用方身份无效:${why}`, { field: CALLER_METADATA });

/**
 * The caller is who it says, and one of the two servers has a wrong clock. Nobody has to sign in again for that, and both times are
 * named, so that whoever reads it sees which.
 */
const skewed = (name: string, theirs: Date, ours: Date): Refusal => {
  const minutes = Math.round(Math.abs(theirs.getTime() - ours.getTime()) / 60_000);
  const message =
    `服务器时钟有误，业务暂不能办理：服务“${name}”所在服务器的时间为 ${theirs.toISOString()}，` +
    `被调用的服务器的时间为 ${ours.toISOString()}，相差约 ${minutes} 分钟（允许5分钟）。请运维人员校准其中有误的时钟`;
  return new Refusal('unavailable', 'clock.skewed', message, { field: CALLER_METADATA });
};

/**
 * The caller's name; refuses `caller.unauthenticated` when absent or forged, and `clock.skewed` (unavailable) when it was truly signed
 * more than five minutes ago or ahead.
 */
export const verifyCaller = (value: string | undefined, secret: string, now = new Date()): string => {
  if (!value) throw unauthenticated('缺失');
  const [, name, seconds, given] = /^([a-z0-9-]+)\.(\d{1,12})\.([0-9a-f]{64})$/.exec(value) ?? [];
  if (name === undefined || seconds === undefined || given === undefined) throw unauthenticated('格式错误');
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(mac(secret, `${name}.${seconds}`)))) throw unauthenticated('签名不符');
  if (Math.abs(now.getTime() / 1000 - Number(seconds)) > VALID_SECONDS) throw skewed(name, new Date(Number(seconds) * 1000), now);
  return name;
};
