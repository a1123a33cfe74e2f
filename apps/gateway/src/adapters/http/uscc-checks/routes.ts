// Rows of the route table for codes with a wrong check character (统一社会信用代码人工核对): officers of the filing authority propose and decide.
import { UsccCheck } from '@hengji/contracts/approval/v1/uscc_check_service';
import { fileOf, listOf, messageOf } from '../answers';
import { UPLOAD } from '../cases/shapes';
import { OFFICERS, OVERSEERS } from '../role-lists';
import { route } from '../route';
import * as checks from './handlers';
import { CONFIRMATION, LICENCE_PARAM, PROPOSAL, REFUSAL } from './shapes';

// The institution need not be filed yet, so the gateway cannot place it: approval refuses by the authority of its code.
const acts = { method: 'post', roles: OFFICERS, territory: 'none', answers: messageOf(UsccCheck) } as const;

export const USCC_CHECK_ROUTES = [
  route({
    ...{ method: 'get', path: '/uscc-checks', roles: OVERSEERS, territory: 'none', summary: '校验位不符的统一社会信用代码及其人工核对' },
    answers: listOf(UsccCheck),
    handle: checks.listUsccChecks,
  }),
  route({
    ...{ ...acts, path: '/uscc-checks', status: 201, takesFile: true, summary: '附执照扫描件提请核对一个信用代码' },
    query: PROPOSAL,
    body: UPLOAD,
    handle: checks.proposeUsccCheck,
  }),
  route({
    ...{ ...acts, path: '/uscc-checks/confirm', summary: '由同一主管部门的第二人确认信用代码' },
    body: CONFIRMATION,
    handle: checks.confirmUsccCheck,
  }),
  route({
    ...{ ...acts, path: '/uscc-checks/refuse', summary: '由同一主管部门的第二人不予确认信用代码' },
    body: REFUSAL,
    handle: checks.refuseUsccCheck,
  }),
  route({
    ...{ method: 'get', path: '/uscc-checks/:institution/:uscc/:version/licence', roles: OVERSEERS, territory: 'none' },
    summary: '下载执照扫描件',
    answers: fileOf('*/*', '执照扫描件原样'),
    params: LICENCE_PARAM,
    handle: checks.downloadLicence,
  }),
];
