// How the console keeps what it has read: not at all beyond the page that shows it (what a person may see is the person's), never
// asked again behind the reader's back, and whatever the browser thinks of its network: government networks have no internet.
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
 * For a thing that others change while one looks at it and that has no event stream: asked for every few seconds while the page is
 * looked at, and at once when it is looked at again. A failed look keeps what was there.
 */
export const polled = (everyMs: number) => ({ refetchInterval: everyMs, refetchOnWindowFocus: 'always' }) as const;
