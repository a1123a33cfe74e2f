// What follows a signature, clicked in a real headless Chromium by the people with the required roles: a recovery and liftings.
import { desks, JOURNEY_MS } from './journeys/desks';
import { liftingJourney } from './journeys/lifting';

describe('after the signature, in a browser', () => {
  const desk = desks('console_orders');

  it(
    'lifts an order for one person and then for everybody, and decides about a record that changed meanwhile',
    () => liftingJourney(desk(1)),
    JOURNEY_MS,
  );
});
