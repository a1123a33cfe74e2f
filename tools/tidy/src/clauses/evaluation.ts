// Clauses 一 and 二 of the notice: who is responsible, approval, the kinds of evaluation, the institutions' own duties.
import type { ClauseId } from '@hengji/province';
import type { Standing } from './standing';

export const EVALUATION = {
  N1: {
    state: 'partly',
    issue: 15,
    demand: 'Institutions, officers and acts have an accountable owner; territory (属地) and matter (属事) decide who is competent.',
    missing: 'a register of posts (岗位), the supervisor in charge (监管责任人) of each institution',
    rules: ['libs/province/src/places/reach.ts#reachOf', 'libs/procedure/src/acts/act.ts#Principal'],
    screens: ['/acts', '/institutions/:code'],
    tests: [
      ['apps/enforcement/src/domain/competence.spec.ts', 'allows acts to officers only, and only where they may read'],
      ['apps/enforcement/test/acts.int.spec.ts', '%s leaves one act'],
    ],
  },
  'N2.1a': {
    state: 'not yet',
    issue: 15,
    demand: 'Online applications; on-site check by two officers with checklist, photographs, signatures.',
  },
  'N2.1b': {
    state: 'not yet',
    issue: 15,
    demand: 'A staged, timed approval from draft to published filing, with correction, objection and re-check.',
  },
  'N2.1c': {
    state: 'partly',
    issue: 15,
    demand: 'A public directory and public notices: filings, changes, stops, removals, voided certificates.',
    missing: 'notices of filings and changes, rules and fees of institutions, search by occupation, open data',
    rules: [
      'apps/approval/src/adapters/store/notices.ts',
      'apps/approval/src/adapters/store/decision-notices.ts',
      'apps/enforcement/src/domain/publicity/notice.ts',
      'apps/console/src/features/public/directory-page.tsx',
    ],
    screens: ['/directory', '/decisions', '/verify/:number?'],
    tests: [
      ['apps/approval/test/orders.int.spec.ts', 'publishes after its row is released, withdraws on lifting, deletes nothing'],
      ['apps/approval/test/decision-notices.int.spec.ts', 'is withdrawn from the beginning where the withdrawal comes first'],
      [
        'apps/enforcement/test/publicity/notices.int.spec.ts',
        'refuses personal data with its place, and publishes once it is masked; nothing of the refused try is left',
      ],
    ],
  },
  'N2.1d': {
    state: 'partly',
    issue: 15,
    demand: 'Separation of duties, recusal, complete signatures; nobody signs two roles of one case.',
    missing: 'the same for approvals, which have no procedure yet',
    rules: ['apps/enforcement/src/domain/cases/people.ts'],
    screens: ['/cases/:id'],
    tests: [
      ['apps/enforcement/src/domain/cases/take-step.spec.ts', 'a person keeps a part for the whole case'],
      ['apps/enforcement/src/domain/cases/walks.spec.ts', 'nobody holds two of the three parts'],
    ],
  },
  'N2.1e': {
    state: 'not yet',
    issue: 15,
    demand: 'What a city confirms and the experts of the province refute is recorded, announced and followed up with the handlers.',
  },
  'N2.1f': { state: 'not yet', issue: 15, demand: 'Figures and maps of institutions by city and occupation, demand beside supply.' },
  'N2.1g': {
    state: 'partly',
    issue: 15,
    demand: 'Time spent per stage against its limit, per authority.',
    missing: 'the stages of approval; figures per authority',
    rules: ['libs/procedure/src/limits/limits.ts'],
    screens: ['/deadlines'],
    tests: [
      [
        'libs/procedure/test/limits.int.spec.ts',
        'is announced once when it nears its end and once when it has passed, whichever clock is first',
      ],
    ],
  },
  'N2.2a': {
    state: 'partly',
    issue: 15,
    demand: '职业资格评价, 职业技能等级认定, 专项职业能力考核: each with its own admissible bodies and standards.',
    missing: 'which bodies may hold which kind; the units of the qualification catalogue',
    rules: [
      'libs/province/src/evaluation-kinds.ts#kindObstacle',
      'apps/approval/src/domain/scope-lines.ts#checkScopeLines',
      'apps/exam/src/domain/plan.ts#checkKind',
      'apps/certificate/src/domain/issue.ts#decideIssuable',
    ],
    screens: ['/institutions/:code', '/plans'],
    tests: [
      ['apps/approval/src/domain/scope-lines.spec.ts', 'accepts a restricted occupation as a qualification'],
      ['apps/exam/test/plans-and-results.int.spec.ts', 'is refused where it may not evaluate the occupation, and nothing is written'],
    ],
  },
  'N2.2b': {
    state: 'not yet',
    issue: 15,
    demand: 'Employers evaluate their own and dispatched workers; social organisations the public, by national standards.',
  },
  'N2.2c': {
    state: 'partly',
    issue: 15,
    demand: 'The smallest employable unit of skill, by a published specification.',
    missing: 'specifications as versioned data; a filing names its own in words',
    rules: ['apps/approval/src/domain/scope-lines.ts#checkScopeLines'],
    screens: ['/institutions/:code'],
    tests: [
      [
        'apps/approval/src/domain/scope-lines.spec.ts',
        'accepts both kinds of an occupation of which a part is 准入, and a specification of 100 characters',
      ],
    ],
  },
  'N2.2d': {
    state: 'partly',
    issue: 15,
    demand: 'A versioned register of occupations, national standards, specifications and application conditions.',
    missing: 'standards and conditions as versioned data; specifications of employers and of special abilities',
    rules: ['libs/province/src/occupations/standards.ts', 'libs/province/src/occupations/dictionary.ts'],
    screens: ['/institutions/:code'],
    tests: [['libs/province/src/occupations/standards.spec.ts', 'has the 109 rows of the rules, each code once']],
  },
  'N2.3a': {
    state: 'partly',
    issue: 15,
    demand: 'Scope (kind × occupation × level × site × validity) is enforced when it is used, not only when it is granted.',
    missing: 'sites in the scope; the standard of a scope line; uploads do not ask the filing again',
    rules: [
      'apps/approval/src/domain/scope-lines.ts#covers',
      'apps/approval/src/domain/filing-status.ts#decidePermission',
      'apps/exam/src/domain/permission.ts',
      'apps/certificate/src/domain/issue.ts',
      'apps/subsidy/src/domain/payment.ts',
    ],
    screens: ['/institutions/:code'],
    tests: [
      ['apps/exam/test/acts-under-a-plan.int.spec.ts', 'checks the filing for the day and the place of the act'],
      ['apps/certificate/test/issuing.int.spec.ts', 'a result whose institution was removed, or whose filing has expired'],
      ['apps/subsidy/test/payments.int.spec.ts', 'does not pay where the filing says %s'],
    ],
  },
  'N2.3b': {
    state: 'partly',
    issue: 16,
    demand: 'Internal supervision, tracing back and accountability: each result names who examined, marked, reviewed and signed.',
    missing: 'examiners, markers and reviewers of a result; internal supervision',
    rules: ['apps/exam/src/application/record-results.ts'],
    screens: ['/acts'],
    tests: [['apps/exam/test/facts.int.spec.ts', 'names who recorded and who published, and carries no ID number and no name of a person']],
  },
  'N2.3c': { state: 'not yet', issue: 15, demand: '考务、命题、质量、证书、收费: five management rules, written, versioned, published.' },
  'N2.3d': {
    state: 'partly',
    issue: 15,
    demand:
      'Registers of examiners, supervisors and venues with qualification, validity, recusal, ratio, capacity; confidential data stays confidential.',
    missing: 'all registers; names and ID numbers are sealed',
    rules: ['apps/exam/src/adapters/store/sealed-candidate.ts'],
    screens: ['/people'],
    tests: [['apps/exam/test/plans-and-results.int.spec.ts', 'keeps names and ID numbers sealed, in tables and in events']],
  },
  'N2.3e': {
    state: 'partly',
    issue: 16,
    demand: 'The whole record of every evaluation is kept: complete, tamper-evident, traceable in both directions.',
    missing: 'registration, arrangement, papers and archive volumes; the trace of one certificate',
    rules: ['libs/procedure/src/acts/act-chain.ts', 'apps/exam/src/domain/result.ts#RESULT_LIFECYCLE'],
    screens: ['/acts', '/results'],
    tests: [
      ['apps/exam/test/acts.int.spec.ts', 'chains acts behind the requests, and signs checkpoints'],
      ['apps/exam/test/facts.int.spec.ts', 'publishes every plan, session and result, through acts, imports, orders and liftings'],
    ],
  },
} as const satisfies Record<Extract<ClauseId, 'N1' | `N2.${string}`>, Standing>;
