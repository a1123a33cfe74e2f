// The address bar holds the state of a list. So a view can be sent to a colleague, and the browser's back button restores a view.
import { listAddressOf, listParams, listQueryOf, type ListSpec } from '@hengji/contracts/lists';
import { useSearchParams } from 'react-router';

export type ListQuery = ReturnType<typeof listQueryOf>;

export interface ListState {
  readonly query: ListQuery;
  /** Changes the filters, the sort or the search; the list begins again at its first page. */
  readonly change: (part: Partial<Omit<ListQuery, 'cursor'>>) => void;
  /** Opens the page after the cursor; empty: the first page. */
  readonly goTo: (cursor: string) => void;
}

export const useListState = (spec: ListSpec): ListState => {
  const [params, setParams] = useSearchParams();
  const query = listQueryOf(spec, Object.fromEntries(params));
  const own = new Set(['search', 'sort', 'after', 'limit', ...listParams(spec).map(({ name }) => name)]);
  // A parameter that is not the list's belongs to another part of the page, such as the tab.
  const others = [...params].filter(([name]) => !own.has(name));
  const set = (next: ListQuery): void => setParams(Object.fromEntries([...others, ...Object.entries(listAddressOf(spec, next))]));
  return {
    query,
    change: (part) => set({ ...query, ...part, cursor: '' }),
    goTo: (cursor) => set({ ...query, cursor }),
  };
};
