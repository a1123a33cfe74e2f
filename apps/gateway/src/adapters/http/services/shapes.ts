// Which services answer.
import { z } from 'zod';
import { PARKING_SERVICES } from '../../clients/neighbours';
import { shapeOf } from '../answers';

/** Each service, and whether it answers now. */
export const SERVICES = shapeOf(
  'Services',
  z.object({ items: z.array(z.object({ service: z.enum(PARKING_SERVICES), answers: z.boolean() })) }),
);
