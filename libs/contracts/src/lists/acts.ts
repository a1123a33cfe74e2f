// The list of acts (操作记录). Each service returns its own acts; the gateway merges them.
import { ACT_WORDS, ACTING_WORDS, RECORD_KIND_WORDS, ROW_ACT_WORDS } from './act-words';
import { INSTITUTION, INSTITUTION_NAME } from './place';
import type { ListSpec } from './spec';

export const ACTS = {
  name: 'acts',
  title: '操作记录',
  key: 'actId',
  sort: [{ field: 'at', descending: true }],
  fields: {
    at: { title: '时间', kind: 'instant', filter: true, sort: true },
    actId: { title: '编号', kind: 'code', filter: true, column: false },
    keptBy: { title: '业务', kind: 'words', words: ACTING_WORDS, filter: true },
    personName: { title: '办理人', kind: 'text', filter: true },
    personId: { title: '人员账号', kind: 'code', filter: true, column: false },
    what: { title: '事项', kind: 'words', words: { ...ACT_WORDS, ...ROW_ACT_WORDS }, filter: true },
    /** The part after the first word: the step of a case, the state that is noted, or the effect that is undone. */
    stepTitle: { title: '步骤', kind: 'text' },
    recordKind: { title: '记录类型', kind: 'words', words: RECORD_KIND_WORDS, filter: true },
    recordId: { title: '记录编号', kind: 'code', filter: true },
    institution: INSTITUTION,
    institutionName: INSTITUTION_NAME,
    purpose: { title: '查询目的', kind: 'text', filter: true },
    caseId: { title: '案件', kind: 'code', filter: true, column: false },
    orderId: { title: '处理决定', kind: 'code', filter: true, column: false },
  },
} as const satisfies ListSpec;
