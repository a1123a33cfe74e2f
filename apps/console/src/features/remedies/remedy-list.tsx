// The page of reconsiderations and suits; they are registered from the page of their case.
import { PageCard } from '../../page-card';
import { RemedyTable } from './remedy-table';

export const RemedyList = () => (
  <PageCard title="复议诉讼">
    <RemedyTable />
    <p className="quiet">收到复议答复通知书、应诉通知书后，在案卷的“复议诉讼”中登记。</p>
  </PageCard>
);
