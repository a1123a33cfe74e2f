// The records of a person: certificates, results and payments in one table, masked, each with a link to its page.
import { CERTIFICATE_STATE_WORDS, RESULT_STATE_WORDS } from '@hengji/contracts/lists';
import { levelName, occupationLabel } from '@hengji/province';
import { Alert, Table, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import type { Answers } from '../../http';
import { InstitutionLink } from '../../lists/institution-link';
import { yuan } from '../../words/field-words';

type Row = Answers['PersonRecord'];
type Kind = Exclude<Row['kind'], 'UNSPECIFIED'>;

interface KindWord {
  readonly label: string;
  readonly page: (id: string) => string;
  readonly states: Readonly<Record<string, string>>;
}

const KINDS: Record<Kind, KindWord> = {
  CERTIFICATE: { label: '证书', page: (id) => `/verify/${id}`, states: CERTIFICATE_STATE_WORDS },
  RESULT: { label: '评价结果', page: (id) => `/results?search=${encodeURIComponent(id)}`, states: RESULT_STATE_WORDS },
  PAYMENT: { label: '补贴发放', page: (id) => `/payments?search=${encodeURIComponent(id)}`, states: {} },
};

const wordOf = ({ kind }: Row): KindWord | undefined => (kind === 'UNSPECIFIED' ? undefined : KINDS[kind]);

const columns = (names: ReadonlyMap<string, string>): TableColumnsType<Row> => [
  { title: '类型', width: 90, render: (_, row) => wordOf(row)?.label ?? '—' },
  {
    title: '编号',
    render: (_, row) => (
      <Link className="mono" to={wordOf(row)?.page(row.recordId) ?? '/'}>
        {row.recordId}
      </Link>
    ),
  },
  { title: '姓名', width: 90, render: (_, { maskedName }) => maskedName || '—' },
  { title: '机构', render: (_, { institution }) => names.get(institution) ?? <InstitutionLink code={institution} /> },
  { title: '职业', render: (_, { occupation }) => occupationLabel(occupation) },
  { title: '级别', width: 120, render: (_, { level }) => levelName(level) },
  { title: '日期', width: 110, render: (_, { day }) => day },
  { title: '状态', width: 90, render: (_, row) => wordOf(row)?.states[row.state] ?? '—' },
  { title: '金额', width: 110, align: 'right', render: (_, { kind, fen }) => (kind === 'PAYMENT' ? yuan(fen) : '—') },
];

interface Found {
  readonly items: readonly Row[];
  readonly total?: Answers['ListTotal'];
  readonly institutions: readonly Answers['InstitutionPlace'][];
}

export const FoundRecords = ({ found: { items, total, institutions } }: { found: Found }) => {
  if (items.length === 0) return <Alert type="info" showIcon style={{ marginTop: 12 }} title="管辖范围内没有姓名和证件号码都相符的记录" />;
  const names = new Map(institutions.map(({ code, name }) => [code, name]));
  return (
    <Table<Row>
      size="small"
      style={{ marginTop: 12 }}
      aria-label="查到的记录"
      columns={columns(names)}
      dataSource={[...items]}
      rowKey={({ kind, recordId }) => `${kind} ${recordId}`}
      pagination={false}
      scroll={{ x: 'max-content' }}
      footer={() => (total?.more === true ? '记录过多，仅显示一部分' : `共 ${items.length} 条`)}
    />
  );
};
