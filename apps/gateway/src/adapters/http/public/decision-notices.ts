// The public notices of decisions (处理决定公示) for everybody, from approval, which answers while enforcement is down.
import { LISTS } from '@hengji/contracts/lists';
import type { Response } from 'express';
import { sendFile } from '../files/file-answer';
import { queryOf, type ListParams } from '../lists/list-query';
import type { Out, RouteDeps } from '../route';
import type { LIST_PAGE } from './shapes';

interface OnNotice {
  readonly params: { readonly id: string };
}

export const listDecisionNotices = async ({ neighbours }: RouteDeps, { query }: { query: ListParams }) => {
  const answer = await neighbours.decisionNotices.listDecisionNotices({ query: queryOf(LISTS.decisions, query) });
  return { items: answer.notices, next: answer.next };
};

export const getDecisionNotice = ({ neighbours }: RouteDeps, { params }: OnNotice) =>
  neighbours.decisionNotices.getDecisionNotice({ noticeId: params.id });

export const listNoticeEntries = ({ neighbours }: RouteDeps, { params, query }: OnNotice & { query: Out<typeof LIST_PAGE> }) =>
  neighbours.decisionNotices.listNoticeEntries({ noticeId: params.id, page: query.page });

export const downloadNotice = async ({ neighbours }: RouteDeps, { params }: OnNotice, response: Response) => {
  const { number, pdf } = await neighbours.decisionNotices.getNoticePdf({ noticeId: params.id });
  sendFile(response, { name: `处理决定公示 ${number}.pdf`, mediaType: 'application/pdf', bytes: pdf, inPage: true });
};
