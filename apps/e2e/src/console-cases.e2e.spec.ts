// Cases before a signature, clicked in a real headless Chromium by both sides: who may act, a scope with one person, a hearing, a public
// notice that is withdrawn, and a transfer to the police.
import { desks, JOURNEY_MS } from './journeys/desks';
import { hearingJourney } from './journeys/hearing';
import { withdrawalJourney } from './journeys/withdrawal';
import { officersJourney } from './journeys/officers';
import { scopeJourney } from './journeys/scope';
import { transferJourney } from './journeys/transfer';

describe('before the signature, in a browser', () => {
  const desk = desks('console_cases', { environment: { AGENCY_INQUIRY_MS: '300' } });

  it('lets only the named officers act, and the province after it took the case over', () => officersJourney(desk(1)), JOURNEY_MS);

  it('finds a person for the scope of an order, and shows the search among the acts', () => scopeJourney(desk(1)), JOURNEY_MS);

  it('hears the institution, and returns the proposal to the officers once', () => hearingJourney(desk(2)), JOURNEY_MS);

  it('shows everybody a public notice, and its withdrawal', () => withdrawalJourney(desk(1)), JOURNEY_MS);

  it('transfers a case to the police, which acknowledge and file it', () => transferJourney(desk(2)), JOURNEY_MS);
});
