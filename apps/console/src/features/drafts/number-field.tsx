// The pasted list of certificate numbers as a field of the wizard: a text, a check by enforcement, counts, and the lines that need a decision.
import { Button, Checkbox, Input, Space, Table, type TableColumnsType, Tag } from 'antd';
import { api } from '../../api';
import { useAct } from '../../forms/use-act';
import { ProblemAlert } from '../../problem-alert';
import { count } from '../../words/field-words';
import { countsOf, STANDINGS, unresolved, without, type NumberLine, type NumberList } from './number-list';

interface Asked {
  readonly institution: string;
  /** Set by the form. */
  readonly id?: string;
  readonly value?: NumberList;
  readonly onChange?: (list: NumberList) => void;
}

const StandingTag = ({ standing }: Pick<NumberLine, 'standing'>) =>
  standing === 'UNSPECIFIED' ? null : <Tag color={STANDINGS[standing].color}>{STANDINGS[standing].label}</Tag>;

const columns = (remove: (line: NumberLine) => void): TableColumnsType<NumberLine> => [
  { title: '行', dataIndex: 'line', width: 64 },
  { title: '粘贴的内容', render: (_, { typed }) => <span className="mono">{typed}</span> },
  { title: '结果', width: 120, render: (_, line) => <StandingTag {...line} /> },
  { title: '说明', dataIndex: 'words' },
  {
    title: '',
    width: 80,
    render: (_, line) => (
      <Button size="small" onClick={() => remove(line)}>
        移除
      </Button>
    ),
  },
];

const Checked = ({ list, change }: { list: NumberList; change: (list: NumberList) => void }) => {
  const open = unresolved(list);
  const counts = countsOf(list);
  const hasVoid = counts.some(({ standing }) => standing === 'VOID');
  return (
    <div aria-live="polite" style={{ marginTop: 8 }}>
      <Space wrap>
        {counts.map(({ standing, count: lines }) => (
          <Tag key={standing} color={STANDINGS[standing].color}>
            {STANDINGS[standing].label} {count(lines)}
          </Tag>
        ))}
        {open.length > 0 && (
          <Button size="small" onClick={() => change(without(list, open))}>
            移除下列{count(open.length)}行
          </Button>
        )}
        {hasVoid && (
          <Checkbox checked={list.keepsVoid === true} onChange={({ target }) => change({ ...list, keepsVoid: target.checked })}>
            已作废的证书仍列入
          </Checkbox>
        )}
      </Space>
      {open.length > 0 && (
        <Table<NumberLine>
          size="small"
          aria-label="有问题的行"
          style={{ marginTop: 8 }}
          columns={columns((line) => change(without(list, [line])))}
          dataSource={open}
          rowKey={({ line, typed }) => `${line} ${typed}`}
          pagination={{ pageSize: 5, hideOnSinglePage: true, showSizeChanger: false }}
        />
      )}
    </div>
  );
};

export const NumberField = ({ institution, id, value, onChange }: Asked) => {
  const list = value ?? { text: '' };
  const { busy, problem, run } = useAct();
  const change = (next: NumberList): void => onChange?.(next);
  const check = (): Promise<boolean> =>
    run(async () => {
      const { items } = await api.checkNumbers({ institution, text: list.text });
      change({ ...list, checked: { text: list.text, institution, lines: items } });
    });
  const isChecked = list.checked?.text === list.text && list.checked.institution === institution;
  return (
    <>
      <ProblemAlert problem={problem} />
      <Input.TextArea
        {...(id === undefined ? {} : { id })}
        rows={3}
        value={list.text}
        onChange={(event) => change({ ...list, text: event.target.value })}
        placeholder="从表格、文件中粘贴，一行一个，最多1万个；空格、全角、小写和“证书编号：”等字样会自动识别"
      />
      <Button
        style={{ marginTop: 8 }}
        loading={busy}
        disabled={institution === '' || list.text.trim() === '' || isChecked}
        onClick={() => void check()}
      >
        核对编号
      </Button>
      {isChecked && <Checked list={list} change={change} />}
    </>
  );
};
