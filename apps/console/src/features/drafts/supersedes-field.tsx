// The signed order of the same institution that the draft is to replace (取代), and what becomes of it.
import { useQuery } from '@tanstack/react-query';
import { Form, Select } from 'antd';
import { loadList } from '../../lists/lists-api';
import { MEASURES } from '../../words/enforcement-words';
import { draftBody, type OrderForm } from './scope-form';
import { SupersededParts } from './superseded-parts';

export const SupersedesField = () => {
  const form = Form.useFormInstance<OrderForm>();
  const institution = Form.useWatch('institution', form) ?? '';
  const chosen = Form.useWatch('supersedes', form) ?? '';
  const measures = Form.useWatch('measures', form) ?? [];
  const found = useQuery({
    queryKey: ['orders-to-replace', institution],
    queryFn: () => loadList.orders({ institution, phase: 'COMPLETED', limit: '50' }),
    enabled: institution !== '',
  });
  const options = (found.data?.items ?? [])
    .filter(({ supersededBy }) => supersededBy === '')
    .map((order) => ({
      value: order.orderId,
      label: `${order.documentNo} ${order.measures.map((one) => (one === 'UNSPECIFIED' ? '' : MEASURES[one].label)).join('、')}`,
    }));
  return (
    <>
      <Form.Item name="supersedes" label="取代的处理决定（不取代则留空）">
        <Select
          allowClear
          loading={found.isFetching}
          options={options}
          placeholder="对同一机构作出、已执行完毕且未解除的决定"
          notFoundContent={found.error?.message ?? '该机构没有可以取代的处理决定'}
        />
      </Form.Item>
      {chosen !== '' && measures.length > 0 && (
        <SupersededParts
          orderId={chosen}
          scope={draftBody({ ...(form.getFieldsValue(true) as OrderForm), reason: '' }).scope}
          measures={measures}
        />
      )}
    </>
  );
};
