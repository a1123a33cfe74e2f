// The Chinese names of the services, for refusals.
import type { Service } from './cascade';

export const SERVICES_ZH = {
  approval: '备案服务',
  exam: '考务服务',
  certificate: '证书服务',
  subsidy: '补贴服务',
  exchange: '部门交换服务',
} as const satisfies Record<Service, string>;
