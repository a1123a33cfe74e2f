// How the console stores answers: only as long as the page that shows them, because they may contain personal data. Queries are not
// repeated in the background, and run whatever the browser reports about its network, because government networks have no internet.
import { QueryClient } from '@tanstack/react-query';

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: false,
      gcTime: 0,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
  },
});

/**
 * For a record that other people change while the page is visible and that has no event stream: polled every few seconds while the page is
 * visible, and at once when it becomes visible again. A failed poll keeps the previous state.
 */
export const polled = (everyMs: number) => ({ refetchInterval: everyMs, refetchOnWindowFocus: 'always' }) as const;
