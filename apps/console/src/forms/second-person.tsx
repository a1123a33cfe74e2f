// A version of the province's data that one person proposes and another confirms: its state, the two people, and the confirmation.
import { App, Button, Popconfirm, Tag } from 'antd';
import type { ReactNode } from 'react';
import type { Answers } from '../http';
import { useMe } from '../me';
import { moment } from '../words/field-words';

const STATES = {
  PROPOSED: { label: '待确认', color: 'warning' },
  COMING: { label: '待生效', color: 'processing' },
  IN_FORCE: { label: '生效', color: 'success' },
  REPLACED: { label: '已被替代', color: 'default' },
} as const;

export const VersionState = ({ state }: { state: keyof typeof STATES | 'UNSPECIFIED' }) =>
  state === 'UNSPECIFIED' ? null : <Tag color={STATES[state].color}>{STATES[state].label}</Tag>;

type Hand = Answers['CalendarYear']['proposed'];

export const VersionHand = ({ hand }: { hand: Hand }) => (hand === undefined ? '—' : `${hand.name} ${moment(hand.at)}`);

interface Confirming {
  readonly proposed: Hand;
  readonly title: string;
  /** The content of exactly this version: the second person sees it, and confirms no other version. */
  readonly description: ReactNode;
  readonly okText: string;
  readonly done: string;
  readonly confirm: () => Promise<unknown>;
  readonly reload: () => void;
}

export const ConfirmVersion = ({ proposed, title, description, okText, done, confirm, reload }: Confirming) => {
  const { message } = App.useApp();
  const me = useMe();
  if (proposed?.officerId === me.officerId) return <span>待另一人确认</span>;
  const run = async (): Promise<void> => {
    try {
      await confirm();
      void message.success(done);
    } catch (error) {
      void message.error(error instanceof Error ? error.message : String(error));
    }
    reload();
  };
  return (
    <Popconfirm title={title} description={description} okText={okText} cancelText="返回" onConfirm={() => void run()}>
      <Button size="small">{okText}</Button>
    </Popconfirm>
  );
};
