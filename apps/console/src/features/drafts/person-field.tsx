// The persons of an order's scope: each is found by name and ID number, for a purpose that is stored with the search. No internal id is typed.
import { Alert, Button, Form, Input, Modal, Tag } from 'antd';
import { useState } from 'react';
import { api } from '../../api';
import { useAct } from '../../forms/use-act';
import { ProblemAlert } from '../../problem-alert';
import { chosenOf, type ChosenPerson, withPerson } from './person-list';

interface Asked {
  readonly institution: string;
  /** Set by the form. */
  readonly id?: string;
  readonly value?: ChosenPerson[];
  readonly onChange?: (persons: ChosenPerson[]) => void;
}

interface Search {
  readonly name: string;
  readonly idNumber: string;
  readonly note: string;
}

const required = (message: string) => [{ required: true, whitespace: true, message }];

/** The search of one person; a person without a record at the institution cannot be added. */
const PersonSearch = ({ institution, add, close }: { institution: string; add: (person: ChosenPerson) => void; close: () => void }) => {
  const [form] = Form.useForm<Search>();
  const { busy, problem, run } = useAct(form);
  const [missing, setMissing] = useState(false);
  const search = (asked: Search): Promise<boolean> => {
    setMissing(false);
    return run(async (key) => {
      const { items } = await api.lookUpPerson({ ...asked, purpose: 'CASE' }, key);
      const found = chosenOf(items, institution);
      if (found === undefined) return setMissing(true);
      add(found);
      return close();
    });
  };
  return (
    <Modal open title="添加人员" okText="查找并添加" cancelText="返回" confirmLoading={busy} onCancel={close} onOk={() => form.submit()}>
      <ProblemAlert problem={problem} />
      {missing && <Alert type="warning" showIcon style={{ marginBottom: 12 }} title="该机构没有姓名和证件号码都相符的记录" />}
      <Form<Search> form={form} layout="vertical" autoComplete="off" onFinish={(asked) => void search(asked)}>
        <Form.Item name="name" label="姓名" rules={required('请填写姓名')}>
          <Input maxLength={50} />
        </Form.Item>
        <Form.Item name="idNumber" label="证件号码" rules={required('请填写证件号码')}>
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item name="note" label="用途说明（查询目的：办理案件）" rules={required('请填写用途说明')}>
          <Input maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
};

export const PersonField = ({ institution, id, value = [], onChange }: Asked) => {
  const [open, setOpen] = useState(false);
  return (
    <div {...(id === undefined ? {} : { id })}>
      {value.map(({ person, label }) => (
        <Tag key={person} closable onClose={() => onChange?.(value.filter((one) => one.person !== person))}>
          {label}
        </Tag>
      ))}
      <Button disabled={institution === ''} onClick={() => setOpen(true)}>
        按姓名和证件号码添加
      </Button>
      {open && (
        <PersonSearch institution={institution} add={(found) => onChange?.(withPerson(value, found))} close={() => setOpen(false)} />
      )}
    </div>
  );
};
