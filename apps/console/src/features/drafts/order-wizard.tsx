// Drafting an order in three steps: subject → measures → preview. Another officer signs, on the order's page.
import { App } from 'antd';
import { useRef } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { api, type DraftBody } from '../../api';
import { newKey, Problem } from '../../http';
import { PageCard } from '../../page-card';
import { DraftForm } from './draft-form';
import { type Drafted, keptDraft } from './scope-form';

export const OrderWizard = () => {
  const [parameters] = useSearchParams();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const key = useRef(newKey());
  /** The stored draft, when only its preview failed. */
  const drafted = useRef<Drafted>(undefined);
  const submit = async (body: DraftBody): Promise<void> => {
    try {
      const orderId = keptDraft(drafted.current, body) ?? (await api.draft(body, key.current)).orderId;
      drafted.current = { orderId, body };
      await api.preview(orderId);
      void message.success('已起草并预览');
      await navigate(`/orders/${orderId}`);
    } catch (error) {
      // Changed content under the same key would be refused as a reused request.
      if (error instanceof Problem) key.current = newKey();
      throw error;
    }
  };
  const given = { institution: parameters.get('institution'), caseId: parameters.get('case') };
  return (
    <PageCard title="起草处理决定">
      <DraftForm
        initial={{
          ...(given.institution === null ? {} : { institution: given.institution }),
          ...(given.caseId === null ? {} : { caseId: given.caseId }),
          ...{ measures: [], grounds: [] },
        }}
        isEdit={false}
        submitLabel="起草并预览"
        submit={submit}
      />
    </PageCard>
  );
};
