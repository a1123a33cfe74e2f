// The types of evidence as the console shows them are those that enforcement accepts.
import { EVIDENCE_FILE_WORDS } from '@hengji/contracts/lists';
import { titlesOf } from '@hengji/procedure';
import { EVIDENCE_KINDS, type EvidenceKind } from './attachment';

it.each(Object.keys(EVIDENCE_KINDS) as EvidenceKind[])('%s: the screen lists what is accepted', (kind) => {
  expect(EVIDENCE_FILE_WORDS[kind]).toBe(titlesOf(EVIDENCE_KINDS[kind].types));
});
