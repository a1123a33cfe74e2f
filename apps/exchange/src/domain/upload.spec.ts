import { advance } from '@hengji/domain-kit';
import { NEVER_STOOD, STANDING, UPLOAD_LIFECYCLE, nextDemand, statesAllowing, type UploadAction, type UploadState } from './upload';

const STATES = Object.keys(UPLOAD_LIFECYCLE) as UploadState[];

describe('UPLOAD_LIFECYCLE', () => {
  it('reaches every state from WAITING', () => {
    const reached = new Set<UploadState>(['WAITING']);
    for (const state of reached) for (const next of Object.values(UPLOAD_LIFECYCLE[state])) reached.add(next);
    expect([...reached].sort()).toEqual([...STATES].sort());
  });

  it.each<[UploadState, UploadAction]>([
    ['WAITING', 'withdraw'],
    ['SENDING', 'withdraw'],
    ['UPLOADED', 'restore'],
    ['WITHDRAWN', 'withdraw'],
    ['WITHDRAWING', 'restore'],
    ['RESTORING', 'withdraw'],
  ])('%s does not allow %s', (state, action) => {
    expect(() => advance('upload', UPLOAD_LIFECYCLE, state, action)).toThrow(expect.objectContaining({ reason: 'upload.illegal_move' }));
  });

  it('names the states that an action may start from, for SQL', () => {
    expect(statesAllowing('withdraw')).toEqual(['UPLOADED', 'WITHDRAWAL_REJECTED']);
    expect(statesAllowing('accept')).toEqual(['SENDING', 'RESTORING']);
    expect(statesAllowing('restore')).toEqual(['WITHDRAWN']);
  });

  it('counts a record in flight as standing, and one that never arrived as not standing', () => {
    expect(STATES.filter((state) => STANDING[state])).toEqual(['SENDING', 'UPLOADED', 'WITHDRAWING', 'WITHDRAWAL_REJECTED', 'RESTORING']);
    expect(NEVER_STOOD.some((state) => STANDING[state])).toBe(false);
  });
});

describe('nextDemand', () => {
  it.each<[UploadState, number, string | undefined]>([
    ['UPLOADED', 1, 'withdraw'],
    ['UPLOADED', 0, undefined],
    ['WITHDRAWN', 0, 'restore'],
    ['WITHDRAWN', 2, undefined],
    ['REJECTED', 1, undefined],
    ['WITHDRAWAL_REJECTED', 1, undefined],
    ['WITHDRAWING', 0, undefined],
  ])('%s with %i claims: %s', (state, claims, demand) => {
    expect(nextDemand(state, claims)).toBe(demand);
  });
});
