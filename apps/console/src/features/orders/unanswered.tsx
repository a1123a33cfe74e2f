// Shown after some seconds of a long call: the services that do not answer, and that waiting loses nothing.
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useEffect, useState } from 'react';
import { api } from '../../api';
import { polled } from '../../queries';
import { SERVICES } from '../../words/enforcement-words';

const PATIENCE_MS = 4_000;
const EVERY_MS = 4_000;

const useIsLong = (busy: boolean): boolean => {
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    if (!busy) return;
    const timer = setTimeout(() => setIsLong(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setIsLong(false);
    };
  }, [busy]);
  return isLong;
};

export const Unanswered = ({ busy }: { busy: boolean }) => {
  const isLong = useIsLong(busy);
  const services = useQuery({ queryKey: ['services'], queryFn: api.services, enabled: isLong, ...polled(EVERY_MS) });
  if (!isLong) return null;
  const silent = services.data?.items.filter(({ answers }) => !answers).map(({ service }) => SERVICES[service] ?? service) ?? [];
  const title = silent.length === 0 ? '正在等待各服务应答' : `${silent.join('、')}服务没有应答，仍在等待`;
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      style={{ marginBottom: 12 }}
      title={title}
      description="不会丢失任何内容：这一步要么整个完成，要么不发生。可以继续等待；也可以离开本页，稍后再来看结果。"
    />
  );
};
