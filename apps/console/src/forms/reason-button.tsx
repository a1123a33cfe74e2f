// An act that needs a reason: a button and a dialogue with one text. A refusal is shown inside the dialogue, so that the text is kept.
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { ProblemAlert } from '../problem-alert';
import { useAct } from './use-act';

interface Asked {
  readonly label: string;
  readonly title: string;
  /** The label of the text. */
  readonly reason: string;
  readonly hint?: string;
  readonly danger?: boolean;
  readonly small?: boolean;
  readonly act: (reason: string, key: string) => Promise<unknown>;
}

export const ReasonButton = ({ label, title, reason, hint, danger = false, small = false, act }: Asked) => {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const { busy, problem, run } = useAct();
  const confirm = async (): Promise<void> => {
    if (!(await run((key) => act(text.trim(), key)))) return;
    setOpen(false);
    setText('');
  };
  return (
    <>
      <Button danger={danger} size={small ? 'small' : 'middle'} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal
        open={open}
        title={title}
        okText={`确认${label}`}
        cancelText="返回"
        okButtonProps={{ danger, loading: busy, disabled: text.trim() === '' }}
        onCancel={() => setOpen(false)}
        onOk={() => void confirm()}
      >
        <ProblemAlert problem={problem} />
        {hint !== undefined && <p>{hint}</p>}
        <Input.TextArea
          aria-label={reason}
          placeholder={reason}
          value={text}
          onChange={(event) => setText(event.target.value)}
          rows={4}
          maxLength={2000}
          showCount
        />
      </Modal>
    </>
  );
};
