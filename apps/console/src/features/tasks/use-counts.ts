// The number of open tasks and unread messages, for the badge and the desk. Polled every 15 seconds.
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../../me';
import { polled } from '../../queries';
import { tasks } from '../../task-api';

const EVERY_MS = 15_000;

export const useTaskCounts = () => {
  const enabled = useMay('haveTasks');
  return useQuery({ queryKey: ['task-counts'], queryFn: tasks.counts, enabled, ...polled(EVERY_MS) });
};
