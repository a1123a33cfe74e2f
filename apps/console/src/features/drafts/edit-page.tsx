// Editing a draft. Where a step of the case has named the draft, the officer first confirms that the case must repeat those steps. Where
// another person has changed the draft meanwhile, the officer sees what was changed and may then submit what was typed.
import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Checkbox, Spin } from 'antd';
import { useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { api, type DraftBody, type OrderJson } from '../../api';
import { newKey, Problem } from '../../http';
import { PageCard } from '../../page-card';
import { UnreadPage } from '../../unread-page';
import { DraftForm } from './draft-form';
import { DraftVersions } from './draft-versions';
import { formOf } from './scope-form';

const CHANGED = 'order.draft_changed';

const Changed = ({ order, revision, accept }: { order: OrderJson; revision: number; accept: () => void }) => (
  <Alert
    type="warning"
    style={{ marginBottom: 12 }}
    title={`草稿现在是第${order.revision}版，您是从第${revision}版开始修改的`}
    description={
      <>
        <DraftVersions orderId={order.orderId} revision={order.revision} />
        <Button size="small" style={{ marginTop: 8 }} onClick={accept}>
          已看过修改内容，仍按我填写的内容提交
        </Button>
      </>
    }
  />
);

const EditForm = ({ order }: { order: OrderJson }) => {
  const [current, setCurrent] = useState(order);
  const [revision, setRevision] = useState(order.revision);
  const [repeats, setRepeats] = useState(false);
  const navigate = useNavigate();
  const { message } = App.useApp();
  const key = useRef(newKey());
  const submit = async ({ caseId: _, ...body }: DraftBody): Promise<void> => {
    try {
      const after = await api.editDraft(order.orderId, { ...body, revision, repeatSteps: repeats }, key.current);
      await api.preview(after.orderId);
      void message.success(after.orderId === order.orderId ? '已保存为新版本并预览' : '已形成新草稿并预览，原草稿已废弃');
      await navigate(`/orders/${after.orderId}`);
    } catch (error) {
      if (error instanceof Problem) key.current = newKey();
      // What stands in the way may be new: a version of another person, or a step that named the draft meanwhile.
      if (error instanceof Problem && [CHANGED, 'order.draft_named'].includes(error.code)) setCurrent(await api.order(order.orderId));
      throw error;
    }
  };
  return (
    <DraftForm initial={formOf(order)} isEdit submitLabel="保存并预览" submit={submit}>
      {current.editNote !== '' && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 12 }}
          title={current.editNote}
          description={
            <Checkbox checked={repeats} onChange={({ target }) => setRepeats(target.checked)}>
              已了解，修改后重新办理这些步骤
            </Checkbox>
          }
        />
      )}
      {current.revision !== revision && <Changed order={current} revision={revision} accept={() => setRevision(current.revision)} />}
    </DraftForm>
  );
};

export const EditPage = () => {
  const { id = '' } = useParams();
  // Read once: a later read would not change what the officer has typed.
  const found = useQuery({ queryKey: ['draft-to-edit', id], queryFn: () => api.order(id), staleTime: Infinity, gcTime: 0 });
  if (found.error !== null) return <UnreadPage title="修改草稿" problem={found.error} />;
  if (found.data === undefined) return <Spin />;
  return (
    <PageCard title={`修改草稿${found.data.title === '' ? '' : `：${found.data.title}`}`}>
      <EditForm order={found.data} />
    </PageCard>
  );
};
