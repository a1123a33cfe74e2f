// The effects that a row of an order may request from exchange, each with its implementation.
import type { ExchangeEffect } from '@hengji/contracts/enforcement/v1/order';
import type { CrossChecks, Effect } from '@hengji/participation';
import type { Tx } from './database';
import { notifyAgency } from './notify-agency';
import { transferPackage } from './transfer-package';
import { IS_STANDING, withdrawUploads } from './withdraw-uploads';

export const effects = (newId: () => string) =>
  ({
    WITHDRAW_UPLOADS: withdrawUploads(newId),
    NOTIFY_POLICE: notifyAgency('POLICE', newId),
    NOTIFY_MARKET_REGULATOR: notifyAgency('MARKET_REGULATOR', newId),
    TRANSFER_TO_DISCIPLINE: transferPackage('DISCIPLINE', newId),
    TRANSFER_TO_POLICE: transferPackage('POLICE', newId),
  }) as const satisfies Record<Exclude<ExchangeEffect, 'UNSPECIFIED'>, Effect<Tx>>;

/** The checks between services that enforcement requests from exchange (enforcement, domain/residual/cross-checks.ts). */
export const CROSS_CHECKS = {
  contradictions: {
    VOID_CERTIFICATE_STANDING_UPLOAD: { table: 'upload', link: 'number', contradicts: IS_STANDING, name: 'number' },
  },
} as const satisfies CrossChecks;
