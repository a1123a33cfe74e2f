// The filters of a list, made from its ListSpec: one field per parameter. Money is typed in yuan.
import { listParams, type ListParam, type ListSpec } from '@hengji/contracts/lists';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { OccupationsSelect } from '../forms/occupation-select';
import type { ListQuery } from './use-list-state';

type Filters = ListQuery['filters'];
type Values = Readonly<Record<string, unknown>>;

const FEN = 100;
const SUFFIX = { IS: '', HAS: '', FROM: '起', UNTIL: '止' } as const;
const FLAGS = [
  { value: 'true', label: '是' },
  { value: 'false', label: '否' },
];

/** The factor between the typed number and the stored number. */
const scaleOf = ({ spec: { kind, per } }: ListParam): number => (kind === 'fen' ? FEN : (per ?? 1));

const isChoice = ({ spec: { kind } }: ListParam): boolean => kind === 'words' || kind === 'flag' || kind === 'occupation';
const isNumber = ({ spec: { kind } }: ListParam): boolean => kind === 'fen' || kind === 'number';

const inputOf = (param: ListParam): ReactNode => {
  const { kind, words = {} } = param.spec;
  if (kind === 'occupation') return <OccupationsSelect />;
  if (isChoice(param)) {
    const options = kind === 'flag' ? FLAGS : Object.entries(words).map(([value, label]) => ({ value, label }));
    return <Select mode="multiple" allowClear optionFilterProp="label" options={options} style={{ minWidth: 160 }} />;
  }
  if (isNumber(param)) return <InputNumber style={{ width: 120 }} />;
  return kind === 'day' || kind === 'instant' ? <Input type="date" style={{ width: 150 }} /> : <Input allowClear maxLength={100} />;
};

const toForm = (params: readonly ListParam[], filters: Filters): Values =>
  Object.fromEntries(
    params.flatMap((param): [string, unknown][] => {
      const values = filters.find(({ field, op }) => field === param.field && op === param.op)?.values;
      if (values === undefined) return [];
      if (isChoice(param)) return [[param.name, values]];
      return [[param.name, isNumber(param) ? Number(values[0]) / scaleOf(param) : values.join(',')]];
    }),
  );

const textsOf = (param: ListParam, value: unknown): string[] => {
  if (value === undefined || value === null || value === '') return [];
  if (Array.isArray(value)) return value as string[];
  if (typeof value === 'number') return [String(Math.round(value * scaleOf(param)))];
  return param.op === 'IS' ? String(value).split(/[,，\s]+/) : [String(value)];
};

const toFilters = (params: readonly ListParam[], values: Values): Filters =>
  params.flatMap((param) => {
    const texts = textsOf(param, values[param.name]).filter((text) => text !== '');
    return texts.length === 0 ? [] : [{ field: param.field, op: param.op, values: texts }];
  });

interface Asked {
  readonly spec: ListSpec;
  readonly filters: Filters;
  /** Fields that are fixed where the list is shown. */
  readonly without: readonly string[];
  readonly onChange: (filters: Filters) => void;
}

export const ListFilters = ({ spec, filters, without, onChange }: Asked) => {
  const params = listParams(spec).filter(({ field }) => !without.includes(field));
  const [form] = Form.useForm<Values>();
  return (
    <Form
      form={form}
      name={`${spec.name}-filters`}
      layout="inline"
      size="small"
      aria-label={`筛选${spec.title}`}
      initialValues={toForm(params, filters)}
      onFinish={(values: Values) => onChange(toFilters(params, values))}
      style={{ rowGap: 8, marginBottom: 12 }}
    >
      {params.map((param) => (
        <Form.Item key={param.name} name={param.name} label={`${param.spec.title}${SUFFIX[param.op]}`}>
          {inputOf(param)}
        </Form.Item>
      ))}
      <Form.Item>
        <Button htmlType="submit" type="primary">
          筛选
        </Button>
      </Form.Item>
      <Form.Item>
        <Button
          onClick={() => {
            form.setFieldsValue(Object.fromEntries(params.map(({ name }) => [name, undefined])));
            onChange([]);
          }}
        >
          清除
        </Button>
      </Form.Item>
    </Form>
  );
};
