// Rows of the route table for the amounts of limits: everyone may read the amounts; two operators set one.
import { Parameter } from '@hengji/contracts/enforcement/v1/parameter';
import { listOf, messageOf } from '../answers';
import { EVERYONE, OPERATORS } from '../role-lists';
import { route } from '../route';
import * as parameters from './handlers';
import { CONFIRMATION, PROPOSAL } from './shapes';

const acts = { method: 'post', roles: OPERATORS, territory: 'none', answers: messageOf(Parameter) } as const;

export const PARAMETER_ROUTES = [
  route({
    ...{ method: 'get', path: '/parameters', roles: EVERYONE, territory: 'none', summary: '期限的法定数值、现行数值和历次版本' },
    answers: listOf(Parameter),
    handle: parameters.listParameters,
  }),
  route({
    ...{ ...acts, path: '/parameters', status: 201, summary: '提议一项期限从某日起的数值' },
    body: PROPOSAL,
    handle: parameters.proposeParameter,
  }),
  route({
    ...{ ...acts, path: '/parameters/confirm', summary: '由第二人确认期限的数值,已开始的期限按生效日重新计算' },
    body: CONFIRMATION,
    handle: parameters.confirmParameter,
  }),
];
